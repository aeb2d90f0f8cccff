package plimsoll.protocol.comet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import plimsoll.protocol.comet.CometAbsorption.Absorbed;
import plimsoll.protocol.comet.CometMarket.CometPrices;
import plimsoll.protocol.comet.CometMarket.Pauses;
import plimsoll.protocol.comet.CometPurchase.Stock;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** Vectors that comet.py computed from the published rules without this code. No real contract stands behind them: unproven on chain. */
class CometVectorsTest {

    private static final Instant STORED = Instant.ofEpochSecond(1_700_000_000);
    private static final int BASE_DECIMALS = 6;

    /** One line of comet.txt: a market with its prices, an account and a purchase, and what becomes of them. */
    private record Vector(
            CometMarket market,
            CometPrices prices,
            CometAccount account,
            Instant now,
            TokenAmount held,
            TokenAmount spent,
            List<String> expected) {}

    @Test
    void agreesWithVectorsComputedFromThePublishedRules() {
        List<Vector> vectors = vectors();

        for (Vector it : vectors) {
            assertThat(computed(it)).as("%s", it).isEqualTo(it.expected());
        }
        assertThat(vectors).hasSize(120);
    }

    @Test
    void healthIsBelowOneExactlyWhereTheAccountIsLiquidatable() {
        for (Vector it : vectors()) {
            CometValuation accrued = it.market().accruedTo(it.now(), it.prices());
            boolean isBelow = accrued.standing(it.account())
                    .healthFactor()
                    .filter(health -> health.isBelow(HealthFactor.ONE))
                    .isPresent();
            assertThat(accrued.solvency(it.account()) instanceof CometSolvency.Liquidatable)
                    .as("%s", it)
                    .isEqualTo(isBelow);
        }
    }

    @Test
    void aFeedThatAnswersNothingGoodStopsOnlyWhatNeedsIt() {
        Vector sample = vectors().stream()
                .filter(it -> it.expected().get(5).equals("1")
                        && it.account().collateral().size() == 3)
                .findFirst()
                .orElseThrow();
        CometPrices noBase = new CometPrices(Optional.empty(), sample.prices().byOffset());
        Map<Integer, Price> withoutFirst = new HashMap<>(sample.prices().byOffset());
        withoutFirst.remove(0);
        CometValuation blind =
                sample.market().asStored(new CometPrices(sample.prices().base(), withoutFirst));

        assertThat(sample.market().asStored(noBase).solvency(sample.account()))
                .isEqualTo(new CometSolvency.NoPrice(OptionalInt.empty()));
        assertThat(blind.solvency(sample.account())).isEqualTo(new CometSolvency.NoPrice(OptionalInt.of(0)));
        assertThat(blind.absorption(sample.account())).isEqualTo(new CometAbsorption.Refused("BadPrice"));
        assertThat(blind.quote(0, sample.spent())).isEmpty();
        assertThat(blind.quote(1, sample.spent())).isPresent();
        assertThat(blind.solvency(new CometAccount(Principal.ZERO, Map.of(0, BigInteger.ONE))))
                .isEqualTo(new CometSolvency.Solvent());
    }

    @Test
    void refusesInTheMarketsOrder() {
        Vector sample = vectors().getFirst();
        CometMarket m = sample.market();
        CometMarket paused = with(m, new Pauses(true, true), new TokenAmount(BigInteger.TEN.pow(30), BASE_DECIMALS));
        CometMarket rich = with(m, Pauses.NONE, TokenAmount.zero(BASE_DECIMALS));
        TokenAmount plenty = new TokenAmount(BigInteger.TEN.pow(25), BASE_DECIMALS);
        Stock empty = new Stock(TokenAmount.zero(BASE_DECIMALS), TokenAmount.zero(18));
        TokenAmount spent = TokenAmount.parse("1000", BASE_DECIMALS);
        TokenAmount nothing = TokenAmount.zero(18);
        CometMarket open = with(m, Pauses.NONE, new TokenAmount(BigInteger.TEN.pow(30), BASE_DECIMALS));

        assertThat(paused.asStored(sample.prices()).absorption(sample.account()))
                .isEqualTo(new CometAbsorption.Refused("Paused"));
        assertThat(paused.asStored(sample.prices()).purchase(0, spent, nothing, empty))
                .isEqualTo(new CometPurchase.Refused("Paused"));
        assertThat(rich.asStored(sample.prices()).purchase(0, spent, nothing, new Stock(plenty, nothing)))
                .isEqualTo(new CometPurchase.Refused("NotForSale"));
        assertThat(open.asStored(sample.prices())
                        .purchase(0, spent, new TokenAmount(BigInteger.TEN.pow(40), 18), empty))
                .isEqualTo(new CometPurchase.Refused("TooMuchSlippage"));
        assertThat(open.asStored(sample.prices()).purchase(0, spent, nothing, empty))
                .isEqualTo(new CometPurchase.Refused("InsufficientReserves"));
    }

    @Test
    void readsTheFlagsOfAGuardian() {
        assertThat(Pauses.ofFlags(0)).isEqualTo(Pauses.NONE);
        assertThat(Pauses.ofFlags(0b01000)).isEqualTo(new Pauses(true, false));
        assertThat(Pauses.ofFlags(0b10111)).isEqualTo(new Pauses(false, true));
    }

    @Test
    void refusesToAccrueBackwards() {
        Vector sample = vectors().getFirst();

        assertThatThrownBy(() -> sample.market().accruedTo(STORED.minusSeconds(1), sample.prices()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CometMarket with(CometMarket m, Pauses pauses, TokenAmount target) {
        return new CometMarket(
                m.baseDecimals(),
                m.storeFrontPriceFactor(),
                target,
                m.supplyRates(),
                m.borrowRates(),
                m.totals(),
                pauses,
                m.assets());
    }

    private static List<String> computed(Vector it) {
        CometValuation stored = it.market().asStored(it.prices());
        CometValuation accrued = it.market().accruedTo(it.now(), it.prices());
        List<String> words = new ArrayList<>();
        words.add(accrued.totals().supplyIndex().toString());
        words.add(accrued.totals().borrowIndex().toString());
        words.add(accrued.totals().balance(it.account().principal()).toString());
        words.add(accrued.reserves(it.held()).toString());
        words.add(stored.solvency(it.account()) instanceof CometSolvency.Liquidatable ? "1" : "0");
        words.add(accrued.solvency(it.account()) instanceof CometSolvency.Liquidatable ? "1" : "0");
        if (accrued.absorption(it.account()) instanceof Absorbed absorbed) {
            words.add(absorbed.basePaidOut().raw().toString());
            words.add(absorbed.left().raw().toString());
        } else {
            words.addAll(List.of("-", "-"));
        }
        for (CometAsset asset : it.market().assets()) {
            words.add(accrued.quote(asset.offset(), it.spent())
                    .orElseThrow()
                    .raw()
                    .toString());
        }
        return words;
    }

    private static List<Vector> vectors() {
        return text().lines()
                .filter(line -> !line.startsWith("#"))
                .map(CometVectorsTest::vector)
                .toList();
    }

    private static Vector vector(String line) {
        String[] halves = line.split(" \\| ", 2);
        var words = List.of(halves[0].split(" ")).iterator();
        Supplier<BigInteger> next = () -> new BigInteger(words.next());
        Instant now = STORED.plusSeconds(next.get().longValueExact());
        CometRates supply =
                new CometRates(new Wad(next.get()), new Wad(next.get()), new Wad(next.get()), new Wad(next.get()));
        CometRates borrow =
                new CometRates(new Wad(next.get()), new Wad(next.get()), new Wad(next.get()), new Wad(next.get()));
        CometTotals totals = new CometTotals(next.get(), next.get(), next.get(), next.get(), STORED);
        Wad front = new Wad(next.get());
        Price base = new Price(next.get());
        List<CometAsset> assets = new ArrayList<>();
        Map<Integer, Price> prices = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            Address address = new Address("0x" + String.format("%040x", 0x2000 + i));
            assets.add(new CometAsset(
                    i, address, address, next.get().intValueExact(), new Wad(next.get()), new Wad(next.get())));
            prices.put(i, new Price(next.get()));
        }
        Principal principal = Principal.ofRaw(next.get());
        Map<Integer, BigInteger> collateral = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            BigInteger balance = next.get();
            if (balance.signum() > 0) {
                collateral.put(i, balance);
            }
        }
        TokenAmount held = new TokenAmount(next.get(), BASE_DECIMALS);
        TokenAmount target = new TokenAmount(next.get(), BASE_DECIMALS);
        TokenAmount spent = new TokenAmount(next.get(), BASE_DECIMALS);
        return new Vector(
                new CometMarket(BASE_DECIMALS, front, target, supply, borrow, totals, Pauses.NONE, assets),
                new CometPrices(Optional.of(base), prices),
                new CometAccount(principal, collateral),
                now,
                held,
                spent,
                List.of(halves[1].split(" ")));
    }

    private static String text() {
        try (var stream = CometVectorsTest.class.getResourceAsStream("comet.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package plimsoll.keeper.protocol.morpho;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.Population;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.position.Survival;
import plimsoll.protocol.morpho.MorphoTotals;
import plimsoll.protocol.morpho.OraclePrice;
import plimsoll.protocol.morpho.PreLiquidationTerms;
import plimsoll.protocol.morpho.Shares;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * Whatever prices, interest and accounts do: on every block the book suspects each account that the exact arithmetic puts below its
 * line, be it the market's or the one of a pre-liquidation contract.
 */
class NoMissedLiquidationTest {

    private static final int ACCOUNTS = 60;
    private static final List<String> LINES = List.of("0.385", "0.77", "0.86", "0.945", "0.98");
    private static final Set<Integer> RESERVES = Set.of(MarketTerms.LOAN, MarketTerms.COLLATERAL);

    @Test
    void isSuspectedInEveryBlock() {
        Survival.live(LongStream.rangeClosed(1, LINES.size()), 60, History::new);
    }

    @Test
    @Tag("long")
    void isSuspectedInEveryBlockOfLongHistories() {
        Survival.live(LongStream.range(100, 150), 2_500, History::new);
    }

    @Test
    void withoutAPriceEverybodyWhoOwesIsSuspected() {
        var random = new SplittableRandom(7);
        var history = new History(0, random);
        var book = new PositionBook();
        for (int i = 0; i < 20; i++) {
            book.apply(history.advance(random));
        }

        MorphoState blind = history.state(Optional.empty());
        List<AccountPosition> indebted = history.positions().stream()
                .filter(position -> position.holdings().stream()
                        .anyMatch(holding -> !holding.borrowed().isZero()))
                .toList();

        assertThat(indebted).isNotEmpty();
        assertThat(book.suspects(HealthFactor.ONE, blind)).containsExactlyInAnyOrderElementsOf(indebted);
        assertThat(indebted)
                .allSatisfy(position -> assertThat(blind.standing(position)).isEmpty());
    }

    /** A market that lives through blocks; many accounts keep within a few shares of the line on purpose. */
    private static final class History implements Survival.History {

        private final MarketTerms terms;
        private final Population accounts = new Population(ACCOUNTS, RESERVES);
        private MorphoTotals totals;
        private OraclePrice price = OraclePrice.ofRaw(BigInteger.TEN.pow(24).multiply(BigInteger.valueOf(2_500)));
        private long number = 1;
        private Instant time = Instant.parse("2026-03-01T00:00:00Z");

        History(long seed, SplittableRandom random) {
            Wad lltv = Wad.parse(LINES.get((int) (seed % LINES.size())));
            Wad first = Wad.ofRaw(lltv.raw().multiply(BigInteger.valueOf(95)).divide(BigInteger.valueOf(100)));
            Wad incentive = Wad.parse("1.01");
            var offered = new PreLiquidationTerms(first, Wad.parse("0.1"), Wad.ONE, Wad.ONE, incentive);
            terms = new MarketTerms(
                    address(1),
                    "0x" + "%064x".formatted(seed),
                    new Asset(MarketTerms.LOAN, address(2), "USDC", 6),
                    new Asset(MarketTerms.COLLATERAL, address(3), "WETH", 18),
                    address(4),
                    address(5),
                    lltv,
                    List.of(),
                    Optional.of(new MarketTerms.Offer(address(6), offered, address(4))));
            BigInteger borrowed = new BigInteger(random.nextInt(20, 90), Random.from(random)).add(BigInteger.TEN);
            long perAsset = random.nextLong(400_000, 1_000_001);
            totals = new MorphoTotals(
                    TokenAmount.ofRaw(borrowed.shiftLeft(1), 6),
                    new Shares(borrowed.shiftLeft(1).multiply(BigInteger.valueOf(perAsset))),
                    TokenAmount.ofRaw(borrowed, 6),
                    new Shares(borrowed.multiply(BigInteger.valueOf(perAsset))),
                    time,
                    Wad.parse("0.1"));
        }

        @Override
        public List<Fact> advance(SplittableRandom random) {
            number++;
            time = time.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(1_000_000) : 12);
            totals = totals.accruedTo(time, Wad.ofRaw(random.nextLong(5_000_000_000L)))
                    .totals();
            double move = Survival.priceMove(5, random);
            price = OraclePrice.ofRaw(price.raw()
                    .multiply(BigInteger.valueOf((long) (move * 1e15)))
                    .divide(BigInteger.TEN.pow(15))
                    .add(BigInteger.valueOf(random.nextInt(1_000))));
            return accounts.changeSome(random, account -> position(account, random));
        }

        private AccountPosition position(int account, SplittableRandom random) {
            int mode = random.nextInt(2);
            BigInteger collateral = Survival.anything(90, random);
            MorphoState state = state(Optional.of(price));
            BigInteger line = Survival.most(
                    126,
                    shares -> !state.standing(at(account, mode, collateral, shares))
                            .orElseThrow()
                            .isLiquidatable());
            return at(account, mode, collateral, Survival.debt(line, 110, random));
        }

        private static AccountPosition at(int account, int mode, BigInteger collateral, BigInteger shares) {
            List<Holding> holdings = new ArrayList<>();
            if (shares.signum() > 0) {
                holdings.add(new Holding(MarketTerms.LOAN, StoredAmount.ZERO, false, StoredAmount.ofRaw(shares)));
            }
            if (collateral.signum() > 0) {
                holdings.add(
                        new Holding(MarketTerms.COLLATERAL, StoredAmount.ofRaw(collateral), true, StoredAmount.ZERO));
            }
            return new AccountPosition(address(1_000 + account), mode, holdings);
        }

        @Override
        public MorphoState state() {
            return state(Optional.of(price));
        }

        @Override
        public List<AccountPosition> positions() {
            return accounts.positions();
        }

        MorphoState state(Optional<OraclePrice> at) {
            PriceView view = at.<PriceView>map(_ -> new PriceView.Fresh(Price.parse("1"), time))
                    .orElse(new PriceView.Missing("oracle answers zero or nothing"));
            return new MorphoState(terms, Survival.block(number, time), totals, new OracleView.Seen(at, view), at);
        }

        private static Address address(int number) {
            return new Address("0x" + "%040x".formatted(number));
        }
    }
}

package plimsoll.protocol.comet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Comet;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.comet.CometCollateral;
import plimsoll.devnet.comet.LocalComet;
import plimsoll.devnet.comet.LocalComet.StoredAccount;
import plimsoll.protocol.comet.CometAbsorption.Absorbed;
import plimsoll.protocol.comet.CometAbsorption.Seized;
import plimsoll.protocol.comet.CometPurchase.Bought;
import plimsoll.protocol.comet.CometPurchase.Stock;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;
import plimsoll.units.Wei;

/**
 * What we compute for accounts of every kind is what a market answers, to the wei: health on stored and on accrued indexes, absorption,
 * quotes and purchases. The market is our own stand-in, not the real contract: this proves two readings of the published rules
 * alike, and stays unproven on chain.
 */
class CometDifferentialTest {

    private static final int BATCH = 1_000;
    private static final int ABSORBED_AT_ONCE = 50;
    private static final int BALANCES_ASKED = 100;
    private static final long BLOCK_SPACING_SECONDS = 12;
    private static final BigInteger WITHOUT_LIMIT = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    private static final List<CometCollateral> COLLATERAL = List.of(
            collateral(Asset.WETH, "2500", "0.825", "0.895", "0.95"),
            collateral(Asset.WBTC, "60000", "0.7", "0.77", "0.93"),
            collateral(Asset.LINK, "15", "0.55", "0.6123", "0.8734"));

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void agreesWithOurStandInOnRandomAccounts() {
        agrees(20_000, 1);
    }

    @Test
    @Tag("long")
    void agreesWithOurStandInOnAMillionRandomAccounts() {
        agrees(1_000_000, 2);
    }

    private void agrees(int states, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long begun = System.nanoTime();
        try (Devnet devnet = Devnet.start(DevnetSettings.ofSeed(seed))) {
            LocalComet comet = LocalComet.on(devnet, COLLATERAL, TokenAmount.parse("5000000", 6));
            Address buyer = endow(devnet, comet);
            String snapshot = devnet.snapshot();
            for (int done = 0; done < states; done += BATCH) {
                try {
                    verify(devnet, comet, buyer, random);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("seed " + seed + " after " + done + " states", e);
                }
                devnet.revertTo(snapshot);
                snapshot = devnet.snapshot();
            }
        }
        System.out.printf(
                "Compound III stand-in: %d states, 0 wei of difference: %s; %.1f s%n",
                states, outcomes, (System.nanoTime() - begun) / 1e9);
        assertThat(outcomes.keySet())
                .contains(
                        "stored Liquidatable",
                        "stored Solvent",
                        "stored NoPrice",
                        "accrued NotLiquidatable",
                        "accrued BadPrice",
                        "absorbed with balance left",
                        "absorbed at a loss",
                        "seen only when accrued",
                        "bought",
                        "NotForSale");
        assertThat(outcomes.get("stored Liquidatable")).isGreaterThan(states / 10);
    }

    private void verify(Devnet devnet, LocalComet comet, Address buyer, RandomGenerator random) {
        moveWorld(devnet, comet, random);
        List<StoredAccount> stored = accounts(devnet, comet, random);
        comet.store(stored);
        CometReader.Seen seen = new CometReader(devnet.chain(), comet.address()).read();
        Instant now = seen.block().time();
        BlockAt head = BlockAt.number(seen.block().number());
        List<CometAccount> accounts =
                stored.stream().map(CometDifferentialTest::account).toList();

        List<CallResult> liquidatable = devnet.chain().callAll(each(comet, stored, Comet.IS_LIQUIDATABLE), head);
        List<StoredAccount> some = stored.subList(0, BALANCES_ASKED);
        List<CallResult> owed = devnet.chain().callAll(each(comet, some, Comet.BORROW_BALANCE_OF), head);
        List<CallResult> lent = devnet.chain().callAll(each(comet, some, Comet.BALANCE_OF), head);
        List<CallResult> absorbing = devnet.chain()
                .callAll(
                        stored.stream()
                                .map(it -> Call.of(comet.address(), Comet.ABSORB.encode(buyer, List.of(it.owner()))))
                                .toList(),
                        head);

        CometValuation asStored = seen.asStored();
        CometValuation accrued = seen.at(now);
        for (int i = 0; i < accounts.size(); i++) {
            CometAccount account = accounts.get(i);
            CometSolvency solvency = asStored.solvency(account);
            CometAbsorption absorption = accrued.absorption(account);
            assertThat(answer(liquidatable.get(i), Comet.IS_LIQUIDATABLE))
                    .as("%s", account)
                    .isEqualTo(words(solvency));
            assertThat(answer(absorbing.get(i), Comet.ABSORB)).as("%s", account).isEqualTo(words(absorption));
            count("stored " + solvency.getClass().getSimpleName());
            count("accrued " + words(absorption));
            if (solvency instanceof CometSolvency.Solvent && absorption instanceof Absorbed) {
                count("seen only when accrued");
            }
        }
        for (int i = 0; i < BALANCES_ASKED; i++) {
            assertThat(integer(owed.get(i)))
                    .isEqualTo(accrued.owed(accounts.get(i)).raw());
            assertThat(integer(lent.get(i)))
                    .isEqualTo(accrued.lent(accounts.get(i)).raw());
        }
        quotes(devnet, comet, seen, head, random);
        absorbAndBuy(devnet, comet, buyer, seen, stored);
    }

    private void quotes(Devnet devnet, LocalComet comet, CometReader.Seen seen, BlockAt head, RandomGenerator random) {
        List<Call> calls = new ArrayList<>();
        List<Optional<TokenAmount>> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int offset = random.nextInt(COLLATERAL.size());
            TokenAmount paid = new TokenAmount(BigInteger.valueOf(random.nextLong(1L << random.nextInt(1, 60))), 6);
            calls.add(Call.of(
                    comet.address(),
                    Comet.QUOTE_COLLATERAL.encode(
                            comet.token(COLLATERAL.get(offset).asset()), paid.raw())));
            expected.add(seen.asStored().quote(offset, paid));
        }
        List<CallResult> results = devnet.chain().callAll(calls, head);
        for (int i = 0; i < results.size(); i++) {
            String words = expected.get(i).map(it -> it.raw().toString()).orElse("BadPrice");
            assertThat(answer(results.get(i), Comet.QUOTE_COLLATERAL)).isEqualTo(words);
        }
    }

    private void absorbAndBuy(
            Devnet devnet, LocalComet comet, Address buyer, CometReader.Seen seen, List<StoredAccount> stored) {
        CometValuation next = seen.at(seen.block().time().plusSeconds(BLOCK_SPACING_SECONDS));
        Map<Address, Absorbed> expected = new HashMap<>();
        for (StoredAccount account : stored) {
            if (expected.size() < ABSORBED_AT_ONCE && next.absorption(account(account)) instanceof Absorbed absorbed) {
                expected.put(account.owner(), absorbed);
            }
        }
        if (expected.isEmpty()) {
            count("nothing to absorb");
            return;
        }

        Receipt receipt =
                comet.send(buyer, comet.address(), Comet.ABSORB.encode(buyer, List.copyOf(expected.keySet())));

        Map<Address, BigInteger> paidOut = new HashMap<>();
        Map<Address, List<Seized>> seized = new HashMap<>();
        events(receipt, comet, Comet.ABSORB_DEBT_EVENT)
                .forEach(event -> paidOut.put(event.address("borrower"), event.integer("basePaidOut")));
        events(receipt, comet, Comet.ABSORB_COLLATERAL_EVENT)
                .forEach(event -> seized.computeIfAbsent(event.address("borrower"), _ -> new ArrayList<>())
                        .add(seized(comet, event)));
        expected.forEach((owner, absorbed) -> {
            BigInteger left = read(devnet, comet, Comet.USER_BASIC, owner).integer("principal");
            assertThat(paidOut.get(owner)).isEqualTo(absorbed.basePaidOut().raw());
            assertThat(seized.getOrDefault(owner, List.of())).isEqualTo(absorbed.seized());
            assertThat(left).isEqualTo(absorbed.left().raw());
            count(left.signum() > 0 ? "absorbed with balance left" : "absorbed at a loss");
        });
        for (int offset = 0; offset < COLLATERAL.size(); offset++) {
            buy(devnet, comet, buyer, offset);
        }
    }

    private void buy(Devnet devnet, LocalComet comet, Address buyer, int offset) {
        Asset asset = COLLATERAL.get(offset).asset();
        CometReader.Seen seen = new CometReader(devnet.chain(), comet.address()).read();
        CometValuation next = seen.at(seen.block().time().plusSeconds(BLOCK_SPACING_SECONDS));
        Stock stock = new Stock(
                new TokenAmount(
                        devnet.market()
                                .balanceOf(LocalComet.BASE, comet.address())
                                .raw(),
                        6),
                new TokenAmount(
                        read(devnet, comet, Comet.GET_COLLATERAL_RESERVES, comet.token(asset))
                                .integer(0),
                        asset.decimals()));
        assertThat(read(devnet, comet, Comet.GET_RESERVES).integer(0))
                .isEqualTo(seen.at(seen.block().time()).reserves(stock.baseHeld()));
        CometPurchase purchase = next.largestPurchase(offset, stock);
        if (!(purchase instanceof Bought bought)) {
            String error = ((CometPurchase.Refused) purchase).error();
            Call call = Call.of(
                            comet.address(),
                            Comet.BUY_COLLATERAL.encode(comet.token(asset), BigInteger.ZERO, BigInteger.ONE, buyer))
                    .from(buyer);
            CallResult refused = devnet.chain()
                    .callAll(List.of(call), BlockAt.number(seen.block().number()))
                    .getFirst();
            assertThat(answer(refused, Comet.BUY_COLLATERAL)).isEqualTo(error);
            count(error);
            return;
        }
        BigInteger before = devnet.market().balanceOf(asset, buyer).raw();
        if (bought.paid().raw().signum() > 0) {
            TokenAmount less = new TokenAmount(bought.paid().raw().subtract(BigInteger.ONE), 6);
            assertThat(next.quote(offset, less).orElseThrow()).isLessThan(bought.received());
        }

        comet.send(
                buyer,
                comet.address(),
                Comet.BUY_COLLATERAL.encode(
                        comet.token(asset),
                        bought.received().raw(),
                        bought.paid().raw(),
                        buyer));

        assertThat(devnet.market().balanceOf(asset, buyer).raw().subtract(before))
                .isEqualTo(bought.received().raw());
        TokenAmount more = new TokenAmount(bought.paid().raw().add(BigInteger.ONE), 6);
        assertThat(next.purchase(offset, more, bought.received(), stock))
                .isIn(new CometPurchase.Refused("InsufficientReserves"), new Bought(more, bought.received()));
        count("bought");
    }

    /** New prices, one round in five with a feed that answers nothing good, and indexes and totals of any age. */
    private static void moveWorld(Devnet devnet, LocalComet comet, RandomGenerator random) {
        for (CometCollateral it : COLLATERAL) {
            BigInteger moved = it.price()
                    .raw()
                    .multiply(BigInteger.valueOf(random.nextLong(500, 2_000)))
                    .divide(BigInteger.valueOf(1_000))
                    .add(BigInteger.valueOf(random.nextInt(1_000)));
            comet.answers(it.asset(), random.nextInt(15) == 0 ? BigInteger.valueOf(-random.nextInt(2)) : moved);
        }
        comet.answers(
                LocalComet.BASE,
                BigInteger.valueOf(random.nextInt(20) == 0 ? 0 : random.nextLong(98_000_000, 102_000_000)));
        BigInteger supplied = BigInteger.valueOf(random.nextLong(50_000_000_000_000L, 1_000_000_000_000_000L));
        BigInteger borrowed = supplied.multiply(BigInteger.valueOf(random.nextLong(500, 1_000)))
                .divide(BigInteger.valueOf(1_000));
        Instant now = devnet.chain().head().time();
        comet.store(new CometTotals(
                BigInteger.valueOf(random.nextLong(1_000_000_000_000_000L, 1_300_000_000_000_000L)),
                BigInteger.valueOf(random.nextLong(1_000_000_000_000_000L, 1_500_000_000_000_000L)),
                supplied,
                borrowed,
                now.minusSeconds(random.nextInt(3) == 0 ? 0 : random.nextLong(10_000_000))));
    }

    /** Collateral of any size, and mostly a debt that it just about carries. */
    private static List<StoredAccount> accounts(Devnet devnet, LocalComet comet, RandomGenerator random) {
        CometReader.Seen seen = new CometReader(devnet.chain(), comet.address()).read();
        List<StoredAccount> accounts = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            double dollars = Math.pow(10, random.nextDouble(0, 5.5));
            List<BigInteger> balances = new ArrayList<>();
            double carried = 0;
            for (CometCollateral it : COLLATERAL) {
                if (random.nextBoolean()) {
                    balances.add(BigInteger.ZERO);
                    continue;
                }
                double worth = dollars * random.nextDouble();
                double price = it.price().raw().doubleValue() / 1e8;
                double tokens = worth / price * Math.pow(10, it.asset().decimals());
                balances.add(BigInteger.valueOf((long) Math.min(tokens, 9e18))
                        .add(BigInteger.valueOf(random.nextInt(1_000))));
                int offset = COLLATERAL.indexOf(it);
                Price now = seen.prices().byOffset().getOrDefault(offset, it.price());
                carried += worth
                        * it.liquidateFactor().raw().doubleValue()
                        / 1e18
                        * now.raw().doubleValue()
                        / it.price().raw().doubleValue();
            }
            double owed = switch (random.nextInt(6)) {
                case 0 -> -dollars;
                case 1 -> dollars * random.nextDouble(2);
                case 2, 3 -> carried * random.nextDouble(0.9, 1.1);
                default -> carried * random.nextDouble(0.9999, 1.0001);
            };
            double index = seen.market().totals().borrowIndex().doubleValue() / 1e15;
            long principal = (long) (-owed * 1e6 / index) + random.nextInt(-2, 3);
            accounts.add(new StoredAccount(
                    new Address("0x" + String.format("%040x", 0xC0E70000L + i)),
                    BigInteger.valueOf(principal),
                    balances));
        }
        return accounts;
    }

    private static CometAccount account(StoredAccount stored) {
        Map<Integer, BigInteger> collateral = new TreeMap<>();
        for (int i = 0; i < stored.collateral().size(); i++) {
            if (stored.collateral().get(i).signum() > 0) {
                collateral.put(i, stored.collateral().get(i));
            }
        }
        return new CometAccount(Principal.ofRaw(stored.principal()), collateral);
    }

    /** Tokens of everything for the market to give out, and a buyer with as many base tokens as it takes. */
    private static Address endow(Devnet devnet, LocalComet comet) {
        Address buyer = devnet.account("buyer").address();
        devnet.market().fund(buyer, LocalComet.BASE, TokenAmount.parse("10000000000", 6));
        comet.send(buyer, comet.token(LocalComet.BASE), Erc20.APPROVE.encode(comet.address(), WITHOUT_LIMIT));
        devnet.fundEther(comet.address(), Wei.parse("10"));
        devnet.market().fund(comet.address(), LocalComet.BASE, TokenAmount.parse("90000000", 6));
        for (CometCollateral it : COLLATERAL) {
            devnet.market()
                    .fund(
                            comet.address(),
                            it.asset(),
                            new TokenAmount(LocalComet.HELD_FOR_ALL, it.asset().decimals()));
        }
        return buyer;
    }

    private static List<Call> each(LocalComet comet, List<StoredAccount> accounts, ContractFunction function) {
        return accounts.stream()
                .map(account -> Call.of(comet.address(), function.encode(account.owner())))
                .toList();
    }

    private static AbiValues read(Devnet devnet, LocalComet comet, ContractFunction function, Object... arguments) {
        BlockAt head = BlockAt.number(devnet.chain().head().number());
        return function.decode(devnet.chain().call(comet.address(), function.encode(arguments), head));
    }

    private static BigInteger integer(CallResult result) {
        return new BigInteger(((CallResult.Returned) result).data().substring(2), 16);
    }

    private static String answer(CallResult result, ContractFunction function) {
        return switch (result) {
            case CallResult.Reverted reverted ->
                RevertReason.decode(reverted.data().orElse("0x")).describe();
            case CallResult.Returned(String data)
            when data.length() > 2 -> function.decode(data).get(0).toString();
            case CallResult.Returned _ -> "done";
        };
    }

    private static String words(CometSolvency solvency) {
        return switch (solvency) {
            case CometSolvency.Solvent _ -> "false";
            case CometSolvency.Liquidatable _ -> "true";
            case CometSolvency.NoPrice _ -> "BadPrice";
        };
    }

    private static String words(CometAbsorption absorption) {
        return switch (absorption) {
            case CometAbsorption.Refused(String error) -> error;
            case Absorbed _ -> "done";
        };
    }

    private static Seized seized(LocalComet comet, AbiValues event) {
        for (int offset = 0; offset < COLLATERAL.size(); offset++) {
            Asset asset = COLLATERAL.get(offset).asset();
            if (comet.token(asset).equals(event.address("asset"))) {
                return new Seized(
                        offset,
                        new TokenAmount(event.integer("collateralAbsorbed"), asset.decimals()),
                        new BaseValue(event.integer("usdValue")));
            }
        }
        throw new AssertionError("Collateral is not of the market: asset=" + event.address("asset"));
    }

    private static List<AbiValues> events(Receipt receipt, LocalComet comet, ContractEvent event) {
        return receipt.logs().stream()
                .filter(log -> log.address().equals(comet.address())
                        && log.topics().getFirst().equals(event.topic()))
                .map(log -> event.decode(log.topics(), log.data()))
                .toList();
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private static CometCollateral collateral(
            Asset asset, String price, String borrow, String liquidate, String liquidation) {
        return new CometCollateral(
                asset, Price.parse(price), Wad.parse(borrow), Wad.parse(liquidate), Wad.parse(liquidation));
    }
}

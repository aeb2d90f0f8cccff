package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.PoolConfigurator;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Market;
import plimsoll.devnet.Opening;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.liquidation.guard.Finding;
import plimsoll.keeper.liquidation.guard.GuardPolicy;
import plimsoll.keeper.liquidation.guard.Lists;
import plimsoll.keeper.watch.EvidenceSources;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;

/** Days on which keepers did harm or came to harm, played again: what is sent, what is not, and what the journal says. */
@OnDevnet
final class IncidentsTest {

    private static final Address UPTIME = new Address("0x" + "5e".repeat(20));
    private static final Policy POLICY =
            new Policy(BaseValue.parse("1"), GasPrice.parse("500"), Policy.USUAL_GAS, Bps.percent(3));

    private static final ContractFunction RESUME_WITH_GRACE =
            ContractFunction.of("setReservePause(address asset, bool paused, uint40 gracePeriod)");

    @AfterEach
    void calmDown() {
        setBaseFee(GasPrice.parse("1"));
    }

    /** 12 March 2020: blocks full for hours; keepers with a gas price of their own never got through, others paid any price. */
    @Test
    void inCongestionItPaysWhatPaysAndThenWaits() {
        List<Borrower> borrowers = open(6, "2", "3900");
        Account wallet = fundedWallet();

        Policy limited = new Policy(BaseValue.parse("1"), GasPrice.parse("100"), Policy.USUAL_GAS, Bps.percent(3));

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), limited, GuardSettings.NONE)) {
            keeper.next();
            long nonce = devnet().nonceOf(wallet);
            // 36 % a block, from 20 gwei to 127, beyond the operator's limit of 100, while the price falls.
            GasPrice baseFee = GasPrice.parse("20");
            for (int i = 0; i < 6; i++) {
                baseFee = baseFee.times(new Bps(13_600), RoundingMode.CEILING);
                setBaseFee(baseFee);
                devnet().mine(1);
            }
            setBaseFee(baseFee);
            market().priceOf(Asset.WETH).fallsBy(percent(10));
            Round tooDear = keeper.runUntil(round -> !round.decisions().isEmpty());

            assertThat(tooDear.decisions())
                    .hasSize(borrowers.size())
                    .allSatisfy(it -> assertThat(it.assessment()).isInstanceOf(Assessment.TooDear.class));
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);

            // Below the limit, and 12.5 % dearer with every block: what is sent is mined at once.
            setBaseFee(GasPrice.parse("60"));
            devnet().mine(1);
            Round sending = keeper.runUntil(round -> !round.sent().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());

            assertThat(sending.sent()).hasSize(borrowers.size());
            assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
        }
    }

    /** 26 November 2020: a dollar printed at $1.30, and $89M were liquidated "correctly". */
    @Test
    void doesNotActOnADollarAtOneDollarThirty() {
        List<Borrower> borrowers = open(4, "2", "3500");
        Account wallet = fundedWallet();
        Policy strict = POLICY.withGuards(GuardPolicy.USUAL);

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), strict, GuardSettings.NONE)) {
            keeper.next();
            long nonce = devnet().nonceOf(wallet);
            market().priceOf(Asset.USDC).is(Price.parse("1.3"));
            Round round = keeper.runUntil(it -> !it.decisions().isEmpty());

            assertThat(round.liquidatable()).hasSize(borrowers.size());
            assertThat(findings(round, Finding.SaleDeviates.class)).hasSize(borrowers.size());
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);

            market().priceOf(Asset.USDC).is(Price.parse("1"));
            keeper.runUntil(it -> it.liquidatable().isEmpty());
            assertThat(borrowers).allMatch(borrower -> borrower.data().debt().compareTo(BaseValue.parse("3400")) > 0);
        }
    }

    /** The same day, told by a second aggregator where there is no venue to ask. */
    @Test
    void asksASecondAggregator() {
        List<Borrower> borrowers = open(3, "2", "3500");
        Account wallet = fundedWallet();
        StubFeed.answering(100_010_000).placeAt(devnet(), UPTIME);
        GuardSettings guards = guards(new EvidenceSources(
                Map.of(devnet().addresses().of(Asset.USDC).token(), UPTIME), Optional.empty(), Optional.empty()));

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), POLICY, guards)) {
            keeper.next();
            long nonce = devnet().nonceOf(wallet);
            market().priceOf(Asset.USDC).is(Price.parse("1.3"));
            Round round = keeper.runUntil(it -> !it.decisions().isEmpty());

            assertThat(findings(round, Finding.Deviates.class))
                    .hasSize(borrowers.size())
                    .allSatisfy(it -> {
                        assertThat(it.protocol()).isEqualTo(Price.parse("1.3"));
                        assertThat(it.second()).isEqualTo(Price.parse("1.0001"));
                    });
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);
        }
    }

    /** 12 May 2022: a feed at the least that it could report, while the asset was worth next to nothing. */
    @Test
    void doesNotActOnAFeedStuckAtItsFloor() {
        Borrower borrower =
                market().borrower("luna").supplies(Asset.LINK, "2000").borrows(Asset.USDC, "9000");
        Account wallet = fundedWallet();
        Address aggregator = devnet().addresses().of(Asset.LINK).aggregator();
        // It can report no less than $5.00, and last reported $5.35.
        StubFeed.answering(535_000_000).between(500_000_000, 1_000_000_000_000L).placeAt(devnet(), aggregator);

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), POLICY, GuardSettings.NONE)) {
            Round round = keeper.runUntil(it -> !it.decisions().isEmpty());
            long nonce = devnet().nonceOf(wallet);
            devnet().mine(1);
            keeper.next();

            assertThat(borrower.data().isLiquidatable()).isTrue();
            assertThat(findings(round, Finding.AtFloor.class))
                    .singleElement()
                    .satisfies(it -> assertThat(it.bounds().least()).isEqualTo(Price.parse("5")));
            assertThat(round.sent()).isEmpty();
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);
        }
    }

    /** 17 May 2026: a rollup's sequencer stalled, and 61 % of transactions reverted. */
    @Test
    void burnsNoGasWhereItsTransactionsRevert() {
        List<Borrower> first = open(5, "2", "3900");
        market().borrower("late").supplies(Asset.WETH, "2").borrows(Asset.USDC, "3500");
        Account wallet = fundedWallet();
        Price usual = market().priceOf(Asset.WETH).now();
        MemoryIntentStore store = store();

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store, POLICY, GuardSettings.NONE)) {
            keeper.next();
            market().priceOf(Asset.WETH).fallsBy(percent(10));
            devnet().mineEvery(Duration.ofHours(1)); // from here on transactions wait
            keeper.runUntil(round -> round.sent().size() == first.size());
            // When blocks come again the price is back, in the same block and before ours.
            market().priceOf(Asset.WETH).is(usual);
            devnet().mineEachTransaction();
            keeper.waitUntil(
                    () -> store.unfinished(new Lane(devnet().addresses().chainId(), wallet.address()))
                            .isEmpty());
            devnet().mine(1);
            keeper.next();
            market().priceOf(Asset.WETH).fallsBy(percent(18));
            Round round = keeper.runUntil(it -> it.liquidatable().size() == first.size() + 1);

            long nonce = devnet().nonceOf(wallet);
            assertThat(findings(round, Finding.RevertsTooOften.class))
                    .hasSize(first.size() + 1)
                    .allSatisfy(it -> {
                        assertThat(it.reverts()).isEqualTo(5);
                        assertThat(it.outcomes()).isEqualTo(5);
                    });
            assertThat(findings(round, Finding.BackingOff.class)).hasSize(first.size());
            devnet().mine(1);
            keeper.next();
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);
        }
    }

    /** While the sequencer was down borrowers could not react; for an hour after it came back they may. */
    @Test
    void waitsForTheSequencerAndThenForTheBorrowers() {
        List<Borrower> borrowers = open(3, "2", "3900");
        Account wallet = fundedWallet();
        long now = devnet().now().getEpochSecond();
        StubFeed.answering(1).since(now).placeAt(devnet(), UPTIME);
        GuardSettings guards = guards(new EvidenceSources(Map.of(), Optional.of(UPTIME), Optional.empty()));

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), POLICY, guards)) {
            keeper.next();
            market().priceOf(Asset.WETH).fallsBy(percent(10));
            Round down = keeper.runUntil(it -> !it.decisions().isEmpty());
            StubFeed.answering(0).since(devnet().now().getEpochSecond()).placeAt(devnet(), UPTIME);
            Round justUp = keeper.next();
            devnet().elapse(Duration.ofMinutes(61));
            keeper.runUntil(round -> !round.sent().isEmpty());

            assertThat(findings(down, Finding.SequencerDown.class)).hasSize(borrowers.size());
            assertThat(findings(justUp, Finding.SequencerJustUp.class)).hasSize(borrowers.size());
            assertThat(down.sent()).isEmpty();
            assertThat(justUp.sent()).isEmpty();
        }
    }

    /** A feed whose rounds come on time and say the same, to the last digit, while its asset falls. */
    @Test
    void doesNotActOnAFeedThatRepeatsItself() {
        List<Borrower> borrowers = open(3, "2", "3990");
        Account wallet = fundedWallet();
        Price stuck = market().priceOf(Asset.WETH).now();
        Price fallen = stuck.times(new Bps(9_700), RoundingMode.FLOOR);
        StubFeed.answering(stuck.raw().longValueExact()).placeAt(devnet(), UPTIME);
        GuardSettings guards = guards(new EvidenceSources(
                Map.of(devnet().addresses().of(Asset.WETH).token(), UPTIME), Optional.empty(), Optional.empty()));

        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), POLICY, guards)) {
            keeper.next();
            long nonce = devnet().nonceOf(wallet);
            for (int i = 0; i < 3; i++) {
                market().priceOf(Asset.WETH).is(stuck);
                keeper.next();
            }
            StubFeed.answering(fallen.raw().longValueExact()).placeAt(devnet(), UPTIME);
            market().priceOf(Asset.USDC).risesBy(percent(5)); // what they owe makes them liquidatable
            Round round = keeper.runUntil(it -> !it.decisions().isEmpty());

            // 3 % is less than what a second source may differ by.
            assertThat(findings(round, Finding.Deviates.class)).isEmpty();
            assertThat(findings(round, Finding.Repeats.class))
                    .hasSize(borrowers.size())
                    .allSatisfy(it -> {
                        assertThat(it.repetition().answer()).isEqualTo(stuck);
                        assertThat(it.repetition().rounds()).isGreaterThanOrEqualTo(3);
                        assertThat(it.repetition().now()).isEqualTo(fallen);
                    });
            assertThat(devnet().nonceOf(wallet)).isEqualTo(nonce);

            market().priceOf(Asset.WETH).is(fallen);
            assertThat(keeper.runUntil(it -> !it.sent().isEmpty()).sent()).hasSize(borrowers.size());
        }
    }

    /** What the pool refuses is not tried, and told; what it allows in a frozen reserve is done, unless the operator says otherwise. */
    @Test
    void leavesWhatIsPausedOrInGraceAndLiquidatesWhatIsFrozen() {
        Borrower pausedCollateral =
                market().borrower("linked").supplies(Asset.LINK, "1000").borrows(Asset.USDC, "7900");
        Borrower pausedDebt =
                market().borrower("bitcoiner").supplies(Asset.WETH, "2").borrows(Asset.WBTC, "0.066");
        Borrower frozen = open(1, "2", "3990").getFirst();
        Account wallet = fundedWallet();
        market().fund(wallet.address(), Asset.WBTC, Asset.WBTC.amount("1"));
        configure(PoolConfigurator.SET_RESERVE_PAUSE.encode(token(Asset.LINK), true));
        configure(PoolConfigurator.SET_RESERVE_PAUSE.encode(token(Asset.WBTC), true));
        configure(PoolConfigurator.SET_RESERVE_FREEZE.encode(token(Asset.WETH), true));

        market().priceOf(Asset.WETH).fallsBy(percent(10));
        market().priceOf(Asset.LINK).fallsBy(percent(30));

        Policy cautious = POLICY.withGuards(
                GuardPolicy.ANY_SALE_PRICE.with(new GuardPolicy.Subjects(Lists.NONE, Lists.NONE, true, true)));
        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), cautious, GuardSettings.NONE)) {
            Round round = keeper.next();

            assertThat(round.decisions()).hasSize(3);
            assertThat(findings(round, Finding.Frozen.class)).hasSize(2);
            assertThat(round.sent()).isEmpty();
        }
        try (KeeperBench keeper = KeeperBench.on(devnet(), wallet, store(), POLICY, GuardSettings.NONE)) {
            Round first = keeper.next();
            keeper.runUntil(it -> !it.liquidatable().contains(frozen.address()));

            assertThat(first.sent()).containsOnlyKeys(frozen.address());
            assertThat(notAllowed(first, pausedCollateral)).isEqualTo("ReservePaused");
            assertThat(notAllowed(first, pausedDebt)).isEqualTo("ReservePaused");

            // The pause ends with an hour in which borrowers may react.
            configure(RESUME_WITH_GRACE.encode(token(Asset.LINK), false, BigInteger.valueOf(3_600)));
            Round inGrace = keeper.next();
            long nonce = devnet().nonceOf(wallet);
            devnet().elapse(Duration.ofMinutes(61));
            keeper.runUntil(it -> !it.liquidatable().contains(pausedCollateral.address()));

            assertThat(notAllowed(inGrace, pausedCollateral)).isEqualTo("LiquidationGraceSentinelCheckFailed");
            assertThat(inGrace.sent()).isEmpty();
            assertThat(devnet().nonceOf(wallet)).isGreaterThan(nonce);
            assertThat(pausedCollateral.data().isLiquidatable()).isFalse();
        }
    }

    private static String notAllowed(Round round, Borrower borrower) {
        return round.decisions().stream()
                .filter(it -> it.account().equals(borrower.address()))
                .map(it -> ((Assessment.NotAllowed) it.assessment()).rule())
                .findFirst()
                .orElseThrow();
    }

    private static void configure(String data) {
        devnet().send(
                        devnet().account("deployer").address(),
                        devnet().addresses().configurator(),
                        data);
    }

    private static Address token(Asset asset) {
        return devnet().addresses().of(asset).token();
    }

    private static <F extends Finding> List<F> findings(Round round, Class<F> kind) {
        List<F> found = new ArrayList<>();
        for (Decision decision : round.decisions()) {
            if (decision.assessment() instanceof Assessment.Held(List<Finding> findings)) {
                findings.stream().filter(kind::isInstance).map(kind::cast).forEach(found::add);
            }
        }
        return found;
    }

    private static GuardSettings guards(EvidenceSources sources) {
        return new GuardSettings(sources, Optional.empty());
    }

    private static void setBaseFee(GasPrice price) {
        BigInteger raw = price.raw();
        devnet().rpc().call("anvil_setNextBlockBaseFeePerGas", "0x" + raw.toString(16));
    }

    private static List<Borrower> open(int count, String weth, String usdc) {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            openings.add(new Opening(
                    "borrower-" + usdc + "-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount(weth)),
                    Map.of(Asset.USDC, Asset.USDC.amount(usdc))));
        }
        return market().open(openings);
    }

    private static Market market() {
        return devnet().market();
    }

    private static Account fundedWallet() {
        Account wallet = devnet().account("keeper");
        market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("500000"));
        return wallet;
    }

    private static MemoryIntentStore store() {
        return new MemoryIntentStore(InstantSource.system());
    }
}

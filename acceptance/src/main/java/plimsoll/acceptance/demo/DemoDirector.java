package plimsoll.acceptance.demo;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import plimsoll.abi.Governor;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.Governance;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.TxHash;

/**
 * Leads the play: calibration and its proposal through the vote, then the crash, step by step, waiting after each until the
 * keeper has brought every account back above the line.
 */
public final class DemoDirector implements AutoCloseable {

    private static final Duration GOVERNANCE_LIMIT = Duration.ofSeconds(90);
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);
    private static final Duration OBSERVE_LIMIT = Duration.ofSeconds(30);

    private final DemoSettings settings;
    private final Stage stage;
    private final AppProcess oracle;
    private AppProcess keeper;
    private final long beganNanos;

    private DemoDirector(DemoSettings settings, Stage stage, AppProcess oracle, AppProcess keeper, long beganNanos) {
        this.settings = settings;
        this.stage = stage;
        this.oracle = oracle;
        this.keeper = keeper;
        this.beganNanos = beganNanos;
    }

    /** Brings everything up. Closing the director ends all of it, and nothing else. */
    public static DemoDirector raiseCurtain(DemoSettings settings) {
        long began = System.nanoTime();
        Stage stage = Stage.build(settings);
        try {
            settings.progress().accept("Starting PostgreSQL, the oracle and the keeper");
            AppProcess oracle = stage.startOracle();
            AppProcess keeper = stage.startKeeper();
            DemoDirector director = new DemoDirector(settings, stage, oracle, keeper, began);
            try {
                oracle.awaitReady();
                keeper.awaitReady();
                return director;
            } catch (RuntimeException e) {
                keeper.close();
                oracle.close();
                throw e;
            }
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    public Stage stage() {
        return stage;
    }

    public AppProcess oracle() {
        return oracle;
    }

    public AppProcess keeper() {
        return keeper;
    }

    /** Ends the keeper as {@code kill -9} does and starts it again. */
    public void killAndRestartKeeper() {
        keeper.kill();
        keeper = stage.startKeeper();
        keeper.awaitReady();
    }

    /** The whole play. */
    public DemoSummary perform() {
        DemoSummary.Proposals proposals = govern();
        return crash(proposals, step -> {});
    }

    /** The oracle calibrates and proposes; the voters vote yes; the oracle queues and executes and proves the effect. */
    public DemoSummary.Proposals govern() {
        Devnet devnet = stage.devnet();
        settings.progress().accept("Calibrating");
        oracle.post("/api/calibrations");
        settings.progress().accept("Waiting for the oracle's proposal");
        await(
                "a proposal on chain",
                GOVERNANCE_LIMIT,
                () -> !proposalIds(devnet).isEmpty());
        Governance governance = devnet.governance();
        List<BigInteger> ids = proposalIds(devnet);
        settings.progress().accept("Voting, queueing and executing the proposal");
        for (BigInteger id : ids) {
            await("the vote to open", GOVERNANCE_LIMIT, () -> governance.stateOf(id) != Governance.State.PENDING);
            governance.voteYes(id);
        }
        await("the execution of the proposal", GOVERNANCE_LIMIT, () -> executed(governance, ids) == ids.size());
        return new DemoSummary.Proposals(ids.size(), executed(governance, ids));
    }

    /** The price falls in steps. {@code afterStep} is called when a step's prices are on chain, before waiting. */
    public DemoSummary crash(DemoSummary.Proposals proposals, java.util.function.IntConsumer afterStep) {
        Devnet devnet = stage.devnet();
        List<Address> accounts = stage.borrowerAddresses();
        try (MarketObserver observer =
                MarketObserver.watch(devnet.chain(), devnet.addresses().pool(), accounts)) {
            observer.awaitObserved(devnet.blockNumber().next(), OBSERVE_LIMIT);
            catchUp(observer);
            int positions = (int) observer.standings().values().stream()
                    .filter(standing -> !standing.debt().isZero())
                    .count();
            Price before = devnet.market().priceOf(PriceStory.LEADER).now();
            List<Map<Asset, Price>> steps = settings.story().crash();
            for (int step = 0; step < steps.size(); step++) {
                settings.progress().accept("Crash, step " + (step + 1) + " of " + steps.size());
                devnet.market().pricesAre(steps.get(step));
                devnet.market().arbitrage();
                afterStep.accept(step);
                catchUp(observer);
            }
            Price after = devnet.market().priceOf(PriceStory.LEADER).now();
            return summary(proposals, positions, observer, fall(before, after));
        }
    }

    /** Ends the services and the chain; a second call finds nothing left to end. */
    @Override
    public synchronized void close() {
        keeper.close();
        oracle.close();
        stage.close();
    }

    /** Waits until the newest block has been observed with nobody below the line. */
    private void catchUp(MarketObserver observer) {
        BlockNumber head = stage.devnet().blockNumber();
        observer.awaitObserved(head, OBSERVE_LIMIT);
        await(
                "the keeper to liquidate what is liquidatable",
                CATCH_UP_LIMIT,
                () -> observer.nowLiquidatable().isEmpty(),
                () -> "still below 1: " + observer.nowLiquidatable());
    }

    private DemoSummary summary(
            DemoSummary.Proposals proposals, int positions, MarketObserver observer, double percent) {
        Set<Address> liquidatable = observer.everLiquidatable();
        Address ours = stage.keeper().address();
        long liquidated = liquidatable.stream()
                .filter(account -> isBack(observer, account))
                .filter(account -> observer.liquidations().stream()
                        .anyMatch(it ->
                                it.account().equals(account) && it.liquidator().equals(ours)))
                .count();
        return new DemoSummary(
                proposals,
                new DemoSummary.Crash(PriceStory.LEADER.name(), percent),
                positions,
                liquidatable.size(),
                (int) liquidated,
                latency(observer.latencies()),
                badDebt(observer).toString(),
                profit(observer.liquidations()),
                (System.nanoTime() - beganNanos) / 1e9,
                oracle.address().toString(),
                keeper.address().toString(),
                settings.story().source());
    }

    private static boolean isBack(MarketObserver observer, Address account) {
        MarketObserver.Standing standing = observer.standings().get(account);
        return standing != null && !standing.isLiquidatable();
    }

    /** Deficits that reserves recorded, and debts that have no collateral left, at the last prices. */
    private BaseValue badDebt(MarketObserver observer) {
        Devnet devnet = stage.devnet();
        BaseValue total = BaseValue.ZERO;
        for (Asset asset : Asset.values()) {
            Price price = devnet.market().priceOf(asset).now();
            total = total.plus(MarketReads.deficit(devnet, asset).valueAt(price, RoundingMode.CEILING));
        }
        for (MarketObserver.Standing standing : observer.standings().values()) {
            if (standing.collateral().isZero()) {
                total = total.plus(standing.debt());
            }
        }
        return total;
    }

    /** Seized less repaid at the feeds' prices of the liquidation's block, less gas at the coin's price. */
    private String profit(List<MarketObserver.Liquidation> liquidations) {
        Devnet devnet = stage.devnet();
        Map<Address, Asset> assets = new HashMap<>();
        for (Asset asset : Asset.values()) {
            assets.put(devnet.addresses().of(asset).token(), asset);
        }
        BaseValue gained = BaseValue.ZERO;
        BaseValue spent = BaseValue.ZERO;
        for (MarketObserver.Liquidation it : liquidations) {
            if (!it.liquidator().equals(stage.keeper().address())) {
                continue;
            }
            gained = gained.plus(value(assets, it.collateralAsset(), it.seized(), it.block()));
            spent = spent.plus(value(assets, it.debtAsset(), it.repaid(), it.block()));
            Receipt receipt = devnet.chain().receipt(TxHash.parse(it.tx())).orElseThrow();
            TokenAmount fee = TokenAmount.ofRaw(receipt.fee().raw(), Asset.WETH.decimals());
            spent = spent.plus(fee.valueAt(MarketReads.price(devnet, Asset.WETH, it.block()), RoundingMode.CEILING));
        }
        return gained.compareTo(spent) >= 0 ? gained.minus(spent).toString() : "-" + spent.minus(gained);
    }

    private BaseValue value(Map<Address, Asset> assets, Address token, BigInteger raw, BlockNumber block) {
        Asset asset = java.util.Objects.requireNonNull(assets.get(token), "an asset of another market");
        return TokenAmount.ofRaw(raw, asset.decimals())
                .valueAt(MarketReads.price(stage.devnet(), asset, block), RoundingMode.FLOOR);
    }

    private static DemoSummary.Latency latency(List<Duration> all) {
        double[] millis =
                all.stream().mapToDouble(d -> d.toNanos() / 1e6).sorted().toArray();
        if (millis.length == 0) {
            return new DemoSummary.Latency(0, 0, 0);
        }
        return new DemoSummary.Latency(rank(millis, 0.50), rank(millis, 0.99), millis[millis.length - 1]);
    }

    /** The nearest-rank quantile of sorted values. */
    private static double rank(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static double fall(Price before, Price after) {
        return 100 * (1 - after.raw().doubleValue() / before.raw().doubleValue());
    }

    private static List<BigInteger> proposalIds(Devnet devnet) {
        LogQuery query =
                LogQuery.of(List.of(devnet.addresses().governor()), List.of(Governor.PROPOSAL_CREATED_EVENT.topic()));
        return devnet.chain().logs(query, new BlockNumber(0), devnet.blockNumber()).stream()
                .map(log -> Governor.PROPOSAL_CREATED_EVENT
                        .decode(log.topics(), log.data())
                        .integer("proposalId"))
                .toList();
    }

    private static int executed(Governance governance, List<BigInteger> ids) {
        return (int) ids.stream()
                .filter(id -> governance.stateOf(id) == Governance.State.EXECUTED)
                .count();
    }

    private void await(String what, Duration limit, BooleanSupplier condition) {
        await(what, limit, condition, () -> "");
    }

    private void await(String what, Duration limit, BooleanSupplier condition, Supplier<String> facts) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!oracle.isAlive() || !keeper.isAlive()) {
                throw new IllegalStateException(
                        "A service ended while waiting for " + what + ": see the logs in " + settings.folder());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Waited in vain for " + what + ": limit=" + limit.toSeconds() + " s "
                        + facts.get() + "; see the logs in " + settings.folder());
            }
            AppProcess.pause();
        }
    }
}

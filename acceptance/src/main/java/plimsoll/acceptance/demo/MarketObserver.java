package plimsoll.acceptance.demo;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.Wad;

/**
 * Watches the market from outside, block by block, as an auditor would: who was liquidatable, who was liquidated, how long
 * it took. Asks the pool itself ({@code getUserAccountData} pinned to each block) and shares no code with the keeper.
 */
final class MarketObserver implements AutoCloseable {

    /** What the pool says of one account in one block. */
    record Standing(BaseValue collateral, BaseValue debt, HealthFactor healthFactor) {

        boolean isLiquidatable() {
            return !debt.isZero() && healthFactor.isBelow(HealthFactor.ONE);
        }
    }

    /** One liquidation as its event tells it; amounts in the tokens' smallest units. */
    record Liquidation(
            Address account,
            Address collateralAsset,
            Address debtAsset,
            BigInteger repaid,
            BigInteger seized,
            Address liquidator,
            String tx,
            BlockNumber block) {}

    private final Chain chain;
    private final Address pool;
    private final List<Address> accounts;
    private final Thread thread;

    private final Map<Address, Long> firstLiquidatableNanos = new LinkedHashMap<>();
    private final Map<Address, Long> firstLiquidatedNanos = new LinkedHashMap<>();
    private final List<Liquidation> liquidations = new ArrayList<>();
    private Map<Address, Standing> standings = Map.of();
    private BlockNumber observed;
    private boolean stopped;
    private @Nullable RuntimeException failure;

    private MarketObserver(Chain chain, Address pool, List<Address> accounts, BlockNumber from) {
        this.chain = chain;
        this.pool = pool;
        this.accounts = List.copyOf(accounts);
        this.observed = from;
        this.thread = Thread.ofVirtual().name("market-observer").unstarted(this::follow);
    }

    /** Starts to watch from the block after the present head. */
    static MarketObserver watch(Chain chain, Address pool, List<Address> accounts) {
        MarketObserver observer =
                new MarketObserver(chain, pool, accounts, chain.head().number());
        observer.thread.start();
        return observer;
    }

    /** Waits until {@code block} has been read, and fails if reading failed. */
    synchronized void awaitObserved(BlockNumber block, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (observed.compareTo(block) < 0) {
            rethrow();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("Block was not observed in time: block=" + block + " limit=" + limit);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        rethrow();
    }

    synchronized BlockNumber observed() {
        return observed;
    }

    /** Accounts whose exact health factor was below 1 in some block. */
    synchronized Set<Address> everLiquidatable() {
        return new LinkedHashSet<>(firstLiquidatableNanos.keySet());
    }

    /** Accounts that are below 1 in the newest observed block. */
    synchronized Set<Address> nowLiquidatable() {
        Set<Address> below = new LinkedHashSet<>();
        standings.forEach((account, standing) -> {
            if (standing.isLiquidatable()) {
                below.add(account);
            }
        });
        return below;
    }

    synchronized Map<Address, Standing> standings() {
        return standings;
    }

    synchronized List<Liquidation> liquidations() {
        return List.copyOf(liquidations);
    }

    /** For each account, from the first block seen below 1 to the block seen with its liquidation. */
    synchronized List<Duration> latencies() {
        List<Duration> all = new ArrayList<>();
        firstLiquidatedNanos.forEach((account, end) -> {
            Long start = firstLiquidatableNanos.get(account);
            if (start != null) {
                all.add(Duration.ofNanos(Math.max(0, end - start)));
            }
        });
        return all;
    }

    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            while (!isStopped()) {
                BlockNumber head = chain.head().number();
                BlockNumber next = observed().next();
                // One block behind: anvil may answer a question about its newest block from the state of the next.
                if (head.compareTo(next) <= 0) {
                    TimeUnit.MILLISECONDS.sleep(10);
                    continue;
                }
                observe(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
                notifyAll();
            }
        }
    }

    private void observe(BlockNumber block) {
        long seen = System.nanoTime();
        List<Liquidation> found = liquidationsOf(block);
        Map<Address, Standing> now = standingsAt(block);
        synchronized (this) {
            found.forEach(liquidation -> {
                liquidations.add(liquidation);
                firstLiquidatedNanos.putIfAbsent(liquidation.account(), seen);
            });
            now.forEach((account, standing) -> {
                if (standing.isLiquidatable()) {
                    firstLiquidatableNanos.putIfAbsent(account, seen);
                }
            });
            standings = now;
            observed = block;
            notifyAll();
        }
    }

    private Map<Address, Standing> standingsAt(BlockNumber block) {
        List<Call> calls = accounts.stream()
                .map(account -> Call.of(pool, AavePool.GET_USER_ACCOUNT_DATA.encode(account)))
                .toList();
        List<CallResult> results = chain.callAll(calls, BlockAt.number(block));
        Map<Address, Standing> standings = new LinkedHashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            AbiValues values = AavePool.GET_USER_ACCOUNT_DATA.decode(
                    switch (results.get(i)) {
                        case CallResult.Returned returned -> returned.data();
                        case CallResult.Reverted reverted ->
                            throw new IllegalStateException("The pool did not answer for an account: account="
                                    + accounts.get(i) + " block=" + block + " because=" + reverted.message());
                    });
            standings.put(
                    accounts.get(i),
                    new Standing(
                            new BaseValue(values.integer(0)),
                            new BaseValue(values.integer(1)),
                            new HealthFactor(new Wad(values.integer(5)))));
        }
        return standings;
    }

    private List<Liquidation> liquidationsOf(BlockNumber block) {
        LogQuery query = LogQuery.of(List.of(pool), List.of(AavePool.LIQUIDATION_CALL_EVENT.topic()));
        return chain.logs(query, block, block).stream()
                .map(MarketObserver::liquidation)
                .toList();
    }

    private static Liquidation liquidation(EventLog log) {
        AbiValues event = AavePool.LIQUIDATION_CALL_EVENT.decode(log.topics(), log.data());
        return new Liquidation(
                event.address("user"),
                event.address("collateralAsset"),
                event.address("debtAsset"),
                event.integer("debtToCover"),
                event.integer("liquidatedCollateralAmount"),
                event.address("liquidator"),
                log.txHash().hex(),
                log.blockNumber());
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void rethrow() {
        if (failure != null) {
            throw new IllegalStateException("The market could not be observed: " + failure.getMessage(), failure);
        }
    }
}

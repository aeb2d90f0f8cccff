package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.SignerSource;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.IntentStore;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.MarketAddresses;
import plimsoll.keeper.execute.Venue;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.runtime.config.SignerSettings;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** A keeper at work on a devnet, round by round, in the test's own thread. */
final class KeeperBench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Assembly assembly;
    private final List<Round> rounds = new ArrayList<>();

    private KeeperBench(Assembly assembly) {
        this.assembly = assembly;
    }

    static KeeperBench on(Devnet devnet, Account wallet, IntentStore store, boolean live) {
        return on(devnet, wallet, store, live, Optional.empty());
    }

    /** One that goes on from what an earlier one left. */
    static KeeperBench on(
            Devnet devnet, Account wallet, IntentStore store, boolean live, Optional<BookSnapshot> known) {
        return new KeeperBench(Assembly.of(
                settings(devnet, live, "PLIMSOLL_TEST_KEY"),
                devnet.chain(),
                store,
                known,
                InstantSource.system(),
                Assembly.Observers.logging(),
                Optional.of(Signer.fromPrivateKey(wallet.privateKey()))));
    }

    /** One with settings of its own. */
    static KeeperBench on(EndpointPool pool, KeeperSettings settings, Signer signer, IntentStore store) {
        return new KeeperBench(Assembly.of(
                settings,
                settings.service().chainOver(pool),
                store,
                Optional.empty(),
                InstantSource.system(),
                Assembly.Observers.logging(),
                Optional.of(signer)));
    }

    static KeeperSettings settings(Devnet devnet, boolean live, String keyVariable) {
        MarketAddresses addresses = devnet.addresses();
        return new KeeperSettings(
                new ServiceSettings(
                        DatabaseSettings.embedded(Path.of("target", "unused")),
                        new ChainSettings(
                                PoolSettings.of(
                                                addresses.chainId(),
                                                List.of(EndpointSettings.of("node", devnet.rpcUrl())))
                                        .withPollInterval(Duration.ofMillis(20)),
                                1,
                                Duration.ofSeconds(5),
                                Optional.empty(),
                                Optional.empty()),
                        addresses.pool(),
                        new BlockNumber(0),
                        Optional.of(addresses.multicall3()),
                        Optional.of(
                                new SignerSettings(new SignerSource.Variable(keyVariable), "plimsoll.signer.key-env"))),
                live,
                new Policy(BaseValue.parse("1"), GasPrice.parse("500"), Policy.USUAL_GAS, Bps.percent(3)),
                Duration.ofMillis(20),
                new Heartbeats(Duration.ofDays(30), Map.of()),
                Optional.of(addresses.of(Asset.WETH).token()),
                Optional.of(new Venue(addresses.swapRouter(), addresses.quoter(), 3_000)));
    }

    Assembly assembly() {
        return assembly;
    }

    Engine engine() {
        return assembly.engine();
    }

    List<Round> rounds() {
        return rounds;
    }

    /** Runs rounds until one of them is as wished. */
    Round runUntil(Predicate<Round> wish) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Round> round = advance();
            round.ifPresent(rounds::add);
            if (round.filter(wish).isPresent()) {
                return round.get();
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("No such round within " + PATIENCE + ": last=" + rounds.getLast());
    }

    /** Goes on with rounds until something outside them is so. */
    void waitUntil(BooleanSupplier wish) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + PATIENCE).isLessThan(end);
            advance().ifPresent(rounds::add);
        }
    }

    /** As the worker does: trouble with the node is tried again. */
    private Optional<Round> advance() {
        try {
            return engine().advance();
        } catch (RpcException e) {
            assertThat(e.isTransient()).as(e.getMessage()).isTrue();
            return Optional.empty();
        }
    }

    Round next() {
        return runUntil(round -> true);
    }

    List<Address> everSeenLiquidatable() {
        return rounds.stream()
                .flatMap(round -> round.liquidatable().stream())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        assembly.close();
    }
}

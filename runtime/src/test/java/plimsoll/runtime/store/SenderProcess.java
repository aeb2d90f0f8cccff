package plimsoll.runtime.store;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.testing.Fuse;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.Urgency;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/**
 * A sender in a JVM of its own, made to be killed. It finishes what a process before it left, then works until it stands
 * at one point of its calls to store and node, says so, and waits for its end.
 */
final class SenderProcess {

    static final ChainId CHAIN = new ChainId(31337);
    static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    static final Lane LANE = new Lane(CHAIN, SIGNER.address());
    static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000aa");

    private static final Duration LEASE = Duration.ofMillis(900);
    private static final int PATIENCE = 80;

    private final RpcClient rpc;
    private final IntentStore store;
    private final LaneSettings settings;

    private SenderProcess(RpcClient rpc, IntentStore store) {
        this.rpc = rpc;
        this.store = store;
        this.settings = LaneSettings.of(
                        CHAIN, "process " + ProcessHandle.current().pid())
                .withConfirmations(2)
                .withPollInterval(Duration.ofMillis(100))
                .withLeaseTime(LEASE);
    }

    /** Arguments: node, database, user, password, number of the work that was interrupted or -1, number of the work to do, point or 0. */
    public static void main(String[] args) throws SQLException {
        long start = System.nanoTime();
        PGConnectionPoolDataSource database = new PGConnectionPoolDataSource();
        database.setUrl(args[1]);
        database.setUser(args[2]);
        database.setPassword(args[3]);
        DataSource source = always(database.getPooledConnection());
        try (RpcClient rpc = RpcClient.to(args[0])) {
            SenderProcess process = new SenderProcess(rpc, new PostgresIntentStore(source));
            process.recover(Integer.parseInt(args[4]), start);
            Fuse fuse = new Fuse(Long.parseLong(args[6]), () -> {
                say("reached " + args[6]);
                while (true) {
                    LockSupport.park();
                }
            });
            process.work(Integer.parseInt(args[5]), fuse);
            say("done " + fuse.burned());
        }
    }

    /** One connection for all, as a pool would give it to the one thread that there is. */
    private static DataSource always(PooledConnection connection) {
        return (DataSource) Proxy.newProxyInstance(
                SenderProcess.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, _) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return connection.getConnection();
                });
    }

    private void recover(int interrupted, long start) {
        try (LaneSender sender = open(rpc, store)) {
            sender.advance();
            say("resumed " + Duration.ofNanos(System.nanoTime() - start).toMillis());
            if (interrupted >= 0) {
                baseFee(1);
                sender.submitAll(intents(interrupted));
                finish(sender);
            }
            say("finished " + store.unfinished(LANE).size() + " "
                    + store.highestNonce(LANE).map(nonce -> nonce.value() + 1).orElse(0L) + " "
                    + new Chain(rpc).transactionCount(SIGNER.address(), BlockTag.LATEST));
        }
    }

    /** Sends, waits for confirmations, makes way for an urgent intent and plans again, raises fees. */
    private void work(int number, Fuse fuse) {
        List<TransactionIntent> all = intents(number);
        baseFee(1);
        try (LaneSender sender = open(fuse.on(rpc), fuse.on(store))) {
            sender.submitAll(all.subList(0, 2));
            step(sender, 2);
            sender.submitAll(all.subList(2, 3)); // slow, and at most 3 gwei
            sender.advance();
            baseFee(10);
            step(sender, 1);
            sender.submitAll(all.subList(3, 4)); // urgent: the slow one makes way
            step(sender, 4);
            baseFee(1);
            sender.submitAll(all);
            finish(sender);
        }
    }

    private void finish(LaneSender sender) {
        for (int i = 0; i < PATIENCE && !store.unfinished(LANE).isEmpty(); i++) {
            step(sender, 1);
        }
    }

    private void step(LaneSender sender, int blocks) {
        for (int i = 0; i < blocks; i++) {
            sender.advance();
            rpc.call("evm_mine");
            sender.advance();
        }
    }

    /** Waits for the lease of whoever was killed. */
    private LaneSender open(JsonRpc through, IntentStore with) {
        while (true) {
            Optional<LaneSender> opened = LaneSender.open(
                    new Chain(through), SIGNER, with, settings, InstantSource.system(), new SilentLaneEvents());
            if (opened.isPresent()) {
                return opened.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private void baseFee(long gwei) {
        rpc.call("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(gwei * 1_000_000_000));
        rpc.call("evm_mine");
    }

    static List<TransactionIntent> intents(int number) {
        return List.of(
                intent(number, 0, "200"),
                intent(number, 1, "200"),
                intent(number, 2, "3").withUrgency(Urgency.SLOW),
                intent(number, 3, "200").withUrgency(Urgency.URGENT),
                intent(number, 4, "200"));
    }

    private static TransactionIntent intent(int number, int place, String cap) {
        return new TransactionIntent(
                "work/" + number + "/" + place,
                TARGET,
                data(number, place),
                Wei.ZERO,
                new Gas(60_000),
                GasPrice.parse(cap));
    }

    /** What tells on the chain whose transaction it is. */
    static String data(int number, int place) {
        return "0x%06x%02x".formatted(number, place);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}

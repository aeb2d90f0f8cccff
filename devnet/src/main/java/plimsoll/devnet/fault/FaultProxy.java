package plimsoll.devnet.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/**
 * A JSON-RPC proxy on 127.0.0.1 in front of one node, honest until told otherwise: {@code proxy.drops(percent(20))}. Faults
 * can be switched while it runs, strike by seed, and are counted. WebSockets pass through untouched but for drops, delays
 * and disconnects.
 *
 * <p>The same seed makes the same choices in the order in which requests arrive; lies about a certain log, receipt or block
 * are the same each time it is asked about.
 */
public final class FaultProxy implements AutoCloseable {

    private final Faults faults;
    private final Upstream upstream;
    private final Interposer interposer;
    private final Pause pause;
    private final ServerSocket server;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private FaultProxy(URI target, ServerSocket server, long seed) {
        this.server = server;
        faults = new Faults(seed);
        upstream = new Upstream(target);
        interposer = new Interposer(faults, upstream);
        pause = new Pause(faults);
    }

    /** Listens on a free port. */
    public static FaultProxy before(String target, long seed) {
        return before(target, 0, seed);
    }

    /**
     * Listens on the port, 0 for a free one; throws {@link UncheckedIOException} where it is taken.
     *
     * @param target the node's http or https URL
     */
    public static FaultProxy before(String target, int port, long seed) {
        URI uri = URI.create(target);
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException("Target is not an http or https URL"); // which may hold a key
        }
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
            FaultProxy proxy = new FaultProxy(uri, server, seed);
            Thread.ofVirtual().name("fault-proxy-" + server.getLocalPort()).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen: port=" + port, e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public String webSocketUrl() {
        return "ws://127.0.0.1:" + server.getLocalPort();
    }

    public void drops(Bps chance) {
        inject(FaultSetting.of(Fault.DROPS, chance));
    }

    public void delays(Bps chance, Duration by) {
        inject(FaultSetting.of(Fault.DELAYS, chance, by.toMillis()));
    }

    public void duplicates(Bps chance) {
        inject(FaultSetting.of(Fault.DUPLICATES, chance));
    }

    public void reorders(Bps chance) {
        inject(FaultSetting.of(Fault.REORDERS, chance));
    }

    public void truncates(Bps chance) {
        inject(FaultSetting.of(Fault.TRUNCATES, chance));
    }

    public void disconnects(Bps chance) {
        inject(FaultSetting.of(Fault.DISCONNECTS, chance));
    }

    public void errorStorm(Bps chance) {
        inject(FaultSetting.of(Fault.ERROR_STORM, chance));
    }

    public void rateLimits(int perSecond) {
        inject(FaultSetting.of(Fault.RATE_LIMITS, Bps.ONE_HUNDRED_PERCENT, perSecond));
    }

    public void staleHead(int blocks) {
        inject(FaultSetting.of(Fault.STALE_HEAD, Bps.ONE_HUNDRED_PERCENT, blocks));
    }

    public void forgesLogs(Bps chance) {
        inject(FaultSetting.of(Fault.FORGES_LOGS, chance));
    }

    public void hidesLogs(Bps share) {
        inject(FaultSetting.of(Fault.HIDES_LOGS, share));
    }

    /** The prices of this feed or Aave oracle are {@code percent} % of the truth. */
    public void wrongPrice(Address contract, int percent) {
        inject(new FaultSetting(Fault.WRONG_PRICE, Bps.ONE_HUNDRED_PERCENT, percent, Optional.of(contract)));
    }

    /** All prices are {@code percent} % of the truth. */
    public void wrongPrices(int percent) {
        inject(FaultSetting.of(Fault.WRONG_PRICE, Bps.ONE_HUNDRED_PERCENT, percent));
    }

    public void flipsReceipts(Bps chance) {
        inject(FaultSetting.of(Fault.FLIPS_RECEIPTS, chance));
    }

    public void inventsReceipts(Bps chance) {
        inject(FaultSetting.of(Fault.INVENTS_RECEIPTS, chance));
    }

    public void hidesReceipts(Bps share) {
        inject(FaultSetting.of(Fault.HIDES_RECEIPTS, share));
    }

    public void wrongNonce(int offset) {
        inject(FaultSetting.of(Fault.WRONG_NONCE, Bps.ONE_HUNDRED_PERCENT, offset));
    }

    public void wrongHash(Bps share) {
        inject(FaultSetting.of(Fault.WRONG_HASH, share));
    }

    public void liesOnBatches(Bps chance) {
        inject(FaultSetting.of(Fault.LIES_ON_BATCHES, chance));
    }

    public void forgets(Bps chance) {
        inject(FaultSetting.of(Fault.FORGETS, chance));
    }

    /** Switches a fault on, in place of an earlier setting of the same fault. */
    public void inject(FaultSetting setting) {
        faults.set(setting);
    }

    /** Honest and reliable from now on; answers that were held back never come. */
    public void heals() {
        faults.clear();
        pause.end();
    }

    public void heals(Fault fault) {
        faults.clear(fault);
        if (fault == Fault.DROPS || fault == Fault.DELAYS) {
            pause.end();
        }
    }

    public List<FaultSetting> settings() {
        return faults.all();
    }

    /** How often the fault has changed something since the start. */
    public long struck(Fault fault) {
        return faults.count(fault);
    }

    /** The same for every fault that has. */
    public Map<Fault, Long> strikes() {
        Map<Fault, Long> strikes = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            if (struck(fault) > 0) {
                strikes.put(fault, struck(fault));
            }
        }
        return strikes;
    }

    /**
     * Does this while no request of ours is at the node; those that come meanwhile wait. Anvil finds a block by its hash but its state
     * by its number, and so answers from another block's state where a block is made or taken back in the middle of a read, which no
     * real node does. WebSockets are not held.
     */
    public void whileNobodyAsks(Runnable work) {
        upstream.whileNobodyAsks(work);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                Tunnel tunnel = new Tunnel(faults, upstream.target(), pause);
                Connection connection = new Connection(client, faults, interposer, tunnel, pause);
                Thread.ofVirtual().start(() -> {
                    try {
                        connection.run();
                    } finally {
                        clients.remove(client);
                    }
                });
            } catch (IOException e) {
                // The server was closed, or a client gave up before it was accepted.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            // Whatever is left of the connections ends with its own client.
        }
        pause.end();
        upstream.close();
    }

    @Override
    public String toString() {
        return "FaultProxy[" + url() + " " + settings() + "]";
    }
}

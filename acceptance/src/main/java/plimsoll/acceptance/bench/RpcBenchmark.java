package plimsoll.acceptance.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import plimsoll.chain.call.Chain;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.rpc.SocketClient;
import plimsoll.chain.rpc.SocketSettings;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.ChainId;
import tools.jackson.databind.JsonNode;

/** Calls a second of our JSON-RPC clients beside others' on one local node that this benchmark starts. */
final class RpcBenchmark implements Benchmark {

    private static final String UNIT = "calls/s";
    private static final int DISCIPLINES = 14;
    private static final int LARGEST_BATCH = 500;
    private static final int LOGS = 10_000;
    private static final int LOGS_A_TRANSACTION = 500;
    private static final String EMITTER = "0x00000000000000000000000000000000000e4177";
    private static final String SENDER = "0x000000000000000000000000000000000005e4de";
    private static final String TOPIC = "7a".repeat(32);

    /**
     * Emits as many logs as its argument says, each with three topics and one word of data, as a token's transfer has:
     * n = CALLDATALOAD(0); while (n != 0) { MSTORE(0, n); LOG3(0, 32, topic, n, n); n = n - 1 }.
     */
    private static final String EMIT =
            "0x5f355b801560395780" + "5f528080" + "7f" + TOPIC + "60205fa3600190036002565b00";

    /** What a client does once; it says how many things that were. */
    private interface Work {
        int with(RpcContender client) throws Exception;
    }

    private record Discipline(String name, String unit, int threads, Work work) {

        /** One exchange of logs is longer than a slice; warming up needs many. */
        private Duration slice(BenchmarkSettings settings) {
            return unit.equals(UNIT) ? settings.slice() : settings.slice().multipliedBy(5);
        }

        static Discipline calls(String name, int threads, Work work) {
            return new Discipline(
                    name + (threads == 1 ? ", 1 thread" : ", " + threads + " threads"), UNIT, threads, work);
        }
    }

    private final BenchmarkSettings settings;

    RpcBenchmark(BenchmarkSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "rpc";
    }

    @Override
    public int steps() {
        return DISCIPLINES * Race.steps(settings);
    }

    @Override
    public List<BenchmarkResult> run(Progress progress) {
        progress.note("starting a local node");
        Artefacts artefacts = Artefacts.prepare(progress::note);
        try (LocalNode node = LocalNode.start(new LocalNodeSettings(
                artefacts.anvil(), 0, settings.folder().resolve("anvil.log"), List.of("--auto-impersonate")))) {
            return measure(node.rpcUrl(), progress);
        }
    }

    private List<BenchmarkResult> measure(String url, Progress progress) {
        try (RpcContender ours = OurContender.of(client(url));
                RpcContender socket = OurContender.of(socket(url));
                RpcContender web3j = new Web3jContender(url);
                RpcContender jdk = new JdkContender(url)) {
            List<BenchmarkResult> results = new ArrayList<>();
            List<RpcContender> peers = List.of(web3j, jdk);
            for (int threads : List.of(1, 8)) {
                results.addAll(race(
                        Discipline.calls("eth_getBalance", threads, client -> client.balance(EMITTER)),
                        ours,
                        peers,
                        progress));
                results.addAll(race(
                        Discipline.calls("eth_call", threads, client -> client.call(SENDER, "0x12345678")),
                        ours,
                        peers,
                        progress));
            }
            for (int size : List.of(20, 100, LARGEST_BATCH)) {
                List<String> accounts = accounts(size);
                results.addAll(race(
                        Discipline.calls("batch of " + size, 1, client -> client.balances(accounts)),
                        ours,
                        peers,
                        progress));
            }
            for (int threads : List.of(1, 8)) {
                results.addAll(race(
                        Discipline.calls("eth_getBalance over WebSocket", threads, client -> client.balance(EMITTER)),
                        socket,
                        List.of(ours),
                        progress));
            }
            results.addAll(pools(url, ours, progress));
            results.addAll(logs(url, progress));
            return results;
        }
    }

    /** What comparing costs: every endpoint is the same node, which then has to answer for each of them. */
    private List<BenchmarkResult> pools(String url, RpcContender bare, Progress progress) {
        List<BenchmarkResult> results = new ArrayList<>();
        List<String> accounts = accounts(100);
        for (int endpoints : List.of(1, 3)) {
            int quorum = endpoints == 1 ? 1 : 2;
            String name = "pool, " + quorum + " of " + endpoints;
            try (RpcContender pool = OurContender.of(name, pool(url, endpoints, quorum))) {
                results.addAll(race(
                        Discipline.calls(name + ": eth_getBalance", 1, client -> client.balance(EMITTER)),
                        pool,
                        List.of(bare),
                        progress));
                results.addAll(race(
                        Discipline.calls(name + ": batch of 100", 1, client -> client.balances(accounts)),
                        pool,
                        List.of(bare),
                        progress));
            }
        }
        return results;
    }

    private static EndpointPool pool(String url, int endpoints, int quorum) {
        List<EndpointSettings> settings = new ArrayList<>();
        for (int i = 1; i <= endpoints; i++) {
            settings.add(EndpointSettings.of("node" + i, url));
        }
        ChainId chain;
        try (RpcClient rpc = client(url)) {
            chain = new Chain(rpc).chainId();
        }
        EndpointPool pool = EndpointPool.open(
                PoolSettings.of(chain, settings).withQuorum(quorum), new PoolLog(), InstantSource.system());
        pool.observe();
        return pool.start();
    }

    /** The node needs far longer for its logs than any client, so its answer is taken once and then replayed. */
    private List<BenchmarkResult> logs(String url, Progress progress) {
        progress.note("emitting " + LOGS + " logs");
        long last;
        JsonNode logs;
        try (RpcClient rpc = client(url)) {
            last = emit(rpc);
            logs = rpc.call(
                    "eth_getLogs",
                    Map.of("address", EMITTER, "fromBlock", "0x0", "toBlock", "0x" + Long.toHexString(last)));
        }
        try (ReplayServer replay = ReplayServer.of(logs.toString());
                RpcContender ours = OurContender.of(client(replay.url()));
                RpcContender web3j = new Web3jContender(replay.url())) {
            Discipline discipline =
                    new Discipline(LOGS + " logs into records", "logs/s", 1, client -> client.logs(EMITTER, last));
            return race(discipline, ours, List.of(web3j), progress);
        }
    }

    /** The number of the block that holds the last log. */
    private static long emit(RpcClient rpc) {
        rpc.call("anvil_setCode", EMITTER, EMIT);
        rpc.call("anvil_setBalance", SENDER, "0x56bc75e2d63100000");
        for (int emitted = 0; emitted < LOGS; emitted += LOGS_A_TRANSACTION) {
            String data = "0x%064x".formatted(LOGS_A_TRANSACTION);
            rpc.call("eth_sendTransaction", Map.of("from", SENDER, "to", EMITTER, "data", data, "gas", "0x1c9c380"));
        }
        rpc.call("evm_mine");
        return new Chain(rpc).head().number().value();
    }

    private List<BenchmarkResult> race(
            Discipline discipline, RpcContender ours, List<RpcContender> peers, Progress progress) {
        progress.note(discipline.name());
        Race race = new Race(settings.withSlice(discipline.slice(settings), settings.rounds()), discipline.threads());
        race.with(ours.name(), () -> discipline.work().with(ours));
        peers.forEach(peer -> race.with(peer.name(), () -> discipline.work().with(peer)));
        List<Double> speeds = race.run(progress);
        List<BenchmarkResult> results = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            results.add(BenchmarkResult.speed(
                    discipline.name(),
                    speeds.getFirst(),
                    discipline.unit(),
                    peers.get(i).name(),
                    speeds.get(i + 1)));
        }
        return results;
    }

    private static RpcClient client(String url) {
        return new RpcClient(RpcSettings.of(url).withMaxBatch(LARGEST_BATCH));
    }

    private static SocketClient socket(String url) {
        return new SocketClient(
                SocketSettings.of(RpcSettings.of(url).withMaxBatch(LARGEST_BATCH)), new SplittableRandom(1));
    }

    private static List<String> accounts(int count) {
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accounts.add("0x%040x".formatted(0x10_0000 + i));
        }
        return accounts;
    }
}

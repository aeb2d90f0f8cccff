package plimsoll.acceptance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.http.HttpService;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.log.BlockLogs;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.log.FollowerSettings;
import plimsoll.chain.log.LogConsumer;
import plimsoll.chain.log.LogFollower;
import plimsoll.chain.log.MemoryBlockStore;
import plimsoll.chain.log.Subscribers;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.LogSource;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.BlockNumber;

/** Logs a second of our follower from the start of a chain to its head, beside plain web3j in pages of 1,000 blocks. */
final class BackfillBenchmark implements Benchmark {

    private static final int LOGS = 200_000;
    private static final int FEW_LOGS = 10_000;
    private static final int ROUNDS = 3;
    private static final int PAGE = 1_000;

    private final BenchmarkSettings settings;

    BackfillBenchmark(BenchmarkSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "backfill";
    }

    @Override
    public int steps() {
        return 1 + 2 * (1 + ROUNDS);
    }

    @Override
    public List<BenchmarkResult> run(Progress progress) {
        progress.note("starting a local node");
        Artefacts artefacts = Artefacts.prepare(progress::note);
        // Short slices are asked for by tests, which want to see it run and not its figure.
        int logs = settings.slice().toMillis() < 10 ? FEW_LOGS : LOGS;
        try (LocalNode node = LogSource.start(new LocalNodeSettings(
                        artefacts.anvil(), 0, settings.folder().resolve("anvil.log"), List.of()));
                RpcClient rpc = RpcClient.to(node.rpcUrl())) {
            progress.note("emitting " + logs + " logs");
            BlockNumber last = LogSource.fill(rpc, logs);
            progress.advance();
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                double follower = speed(logs, () -> follow(rpc));
                progress.advance();
                double web3j = speed(logs, () -> page(node.rpcUrl(), last));
                progress.advance();
                if (round > 0) { // the first warms up
                    ours.add(follower);
                    theirs.add(web3j);
                }
            }
            return List.of(BenchmarkResult.speed(
                    "backfill of " + logs + " logs",
                    Race.median(ours),
                    "logs/s",
                    "web3j ethGetLogs, pages of 1,000 blocks",
                    Race.median(theirs)));
        }
    }

    /** Reads everything and says how many logs that were. */
    private interface Reading {
        int run();
    }

    private static double speed(int expected, Reading reading) {
        long start = System.nanoTime();
        int found = reading.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (found != expected) {
            throw new IllegalStateException(
                    "Reading found another number of logs: found=" + found + " expected=" + expected);
        }
        return expected / seconds;
    }

    private static int follow(RpcClient rpc) {
        int[] found = {0};
        LogConsumer count = new LogConsumer() {
            @Override
            public void apply(BlockLogs run) {
                found[0] += run.logs().size();
            }

            @Override
            public void rewind(BlockNumber first) {
                found[0] = 0; // comes once, before the first run
            }
        };
        new LogFollower(
                        new Chain(rpc),
                        LogQuery.of(List.of(LogSource.EMITTER), List.of(LogSource.TOPIC)),
                        FollowerSettings.of("bench", new BlockNumber(0)),
                        new Subscribers(new MemoryBlockStore(), Map.of("bench", count), new FollowerLog("bench")))
                .advance();
        return found[0];
    }

    private static int page(String url, BlockNumber last) {
        OkHttpClient patient =
                new OkHttpClient.Builder().readTimeout(2, TimeUnit.MINUTES).build();
        Web3j web3j = Web3j.build(new HttpService(url, patient));
        try {
            int found = 0;
            for (long first = 0; first <= last.value(); first += PAGE) {
                EthFilter filter = new EthFilter(
                        block(first), block(Math.min(last.value(), first + PAGE - 1)), LogSource.EMITTER.hex());
                filter.addSingleTopic(LogSource.TOPIC);
                EthLog answer = web3j.ethGetLogs(filter).send();
                found += answer.getLogs().size();
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("web3j could not read the logs", e);
        } finally {
            web3j.shutdown();
            patient.connectionPool().evictAll();
            patient.dispatcher().executorService().shutdown();
        }
    }

    private static DefaultBlockParameter block(long number) {
        return DefaultBlockParameter.valueOf(BigInteger.valueOf(number));
    }
}

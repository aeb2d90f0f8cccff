package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.tx.IntentState;
import plimsoll.devnet.testing.BareNode;
import plimsoll.runtime.testing.TestDatabase;
import tools.jackson.databind.JsonNode;

/** A sender's process is killed at points of its work, on a real node and a real database; the next process finishes it. */
class SenderKilledTest {

    private static final int SIGKILLED = 128 + 9;

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining");

    private long slowestResume;
    private int killed;

    @BeforeEach
    void start() {
        anvil.fund(SenderProcess.SIGNER.address());
    }

    @Test
    void losesDoublesAndSkipsNothingWhenItIsKilledAtTwentyPoints() throws Exception {
        assertThat(killAt(20)).isEqualTo(20);
    }

    @Test
    @Tag("long")
    void losesDoublesAndSkipsNothingWhereverItIsKilled() throws Exception {
        assertThat(killAt(Integer.MAX_VALUE)).isGreaterThanOrEqualTo(200);
    }

    /** Returns at how many distinct points it was killed. */
    private int killAt(int most) throws Exception {
        long points = run(-1, 0, 0); // unharmed, to count them
        int kills = (int) Math.min(points, most);
        // A lease is renewed when its time says so, and each time is four points: the last few may not be there again.
        long surest = kills == points ? points : points * 9 / 10;
        List<Long> chosen = LongStream.range(0, kills)
                .map(i -> 1 + i * surest / kills)
                .boxed()
                .toList();
        int interrupted = -1;
        for (int i = 0; i < kills; i++) {
            run(interrupted, i + 1, chosen.get(i));
            interrupted = i + 1;
        }
        run(interrupted, kills + 1, 0);

        assertThat(executed())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, kills + 1)
                        .boxed()
                        .flatMap(work -> IntStream.range(0, 5).mapToObj(place -> SenderProcess.data(work, place)))
                        .toList());
        PostgresIntentStore store = new PostgresIntentStore(DATABASE.dataSource());
        for (int work = 0; work <= kills + 1; work++) {
            SenderProcess.intents(work)
                    .forEach(intent -> assertThat(
                                    store.find(intent.reason()).orElseThrow().state())
                            .as(intent.reason())
                            .isInstanceOf(IntentState.Final.class));
        }
        assertThat(slowestResume).isLessThanOrEqualTo(15_000); // generous: other work may share the machine
        System.out.printf(
                "killed at %d of %d points, each intent once, no nonce missing, slowest resume %d ms%n",
                killed, points, slowestResume);
        return killed;
    }

    /** Runs a process to its point and kills it there, or to its end; returns the number of points where it ended. */
    private long run(int interrupted, int work, long point) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SenderProcess.class.getName(),
                        anvil.url(),
                        DATABASE.jdbcUrl(),
                        DATABASE.user(),
                        DATABASE.password(),
                        String.valueOf(interrupted),
                        String.valueOf(work),
                        String.valueOf(point)))
                .redirectError(folder.resolve("sender-" + work + ".err").toFile())
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> said = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "resumed" -> slowestResume = Math.max(slowestResume, Long.parseLong(words[1]));
                    case "finished" -> {
                        assertThat(words[1])
                                .as("unfinished after work %d", interrupted)
                                .isEqualTo("0");
                        assertThat(words[2])
                                .as("nonces after work %d", interrupted)
                                .isEqualTo(words[3]);
                    }
                    case "reached" -> {
                        child.destroyForcibly();
                        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
                        assertThat(child.exitValue()).isEqualTo(SIGKILLED);
                        killed++;
                        return point;
                    }
                    case "done" -> {
                        assertThat(point)
                                .as("work %d ended before its point", work)
                                .isZero();
                        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
                        return Long.parseLong(words[1]);
                    }
                    default -> {} // a log's line
                }
            }
            throw new AssertionError("Process ended by itself: work=" + work + " point=" + point + " said=" + said
                    + " error=" + read(folder.resolve("sender-" + work + ".err")));
        } finally {
            child.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The call data of every transaction to the target that the chain holds. */
    private List<String> executed() {
        long height = Long.decode(anvil.call("eth_blockNumber").stringValue());
        List<RpcRequest> requests = LongStream.rangeClosed(0, height)
                .mapToObj(number -> RpcRequest.of("eth_getBlockByNumber", "0x" + Long.toHexString(number), true))
                .toList();
        List<String> data = new ArrayList<>();
        anvil.rpc().callAll(requests).forEach(answer -> {
            for (JsonNode tx : answer.orThrow().get("transactions")) {
                if (SenderProcess.TARGET.hex().equals(tx.get("to").stringValue())) {
                    data.add(tx.get("input").stringValue());
                }
            }
        });
        return data;
    }
}

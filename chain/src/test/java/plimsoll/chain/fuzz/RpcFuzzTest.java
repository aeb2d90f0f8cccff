package plimsoll.chain.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.MemoryNode;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Spoiled answers of a node end as a typed error or as what they truly say, soon and in little memory. */
class RpcFuzzTest {

    private static final long SEED = 20_261_122;
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final int[] BAD_STATUS = {400, 404, 429, 500, 503};
    private static final int LONGEST_RECORDED = 20_000;

    private @Nullable Spoiled next;

    private final List<Read> reads = new ArrayList<>(Read.all());
    private final RpcClient client =
            MemoryNode.client(request -> Objects.requireNonNull(next).apply(request));
    private final Chain chain = new Chain(client);
    private final AtomicLong right = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    RpcFuzzTest() throws IOException {
        reads.addAll(recorded());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void believesEveryAnswerBeforeItIsSpoiled() {
        for (Read read : reads) {
            next = new Spoiled(read, new SplittableRandom(0), false);
            assertThat(read.typed().apply(chain)).as(read.name()).isEqualTo(next.truth());
        }
    }

    @Test
    void survivesTenThousandSpoiledAnswers() throws InterruptedException {
        run(10_000);
    }

    @Test
    @Tag("long")
    void survivesSixHundredThousandSpoiledAnswers() throws InterruptedException {
        run(600_000);
    }

    private void run(long count) throws InterruptedException {
        Fuzz.run(SEED, count, this::trial);

        assertThat(right.get() + refused.get()).isEqualTo(count);
        // Both ends were reached: spoiling neither breaks everything nor nothing.
        assertThat(right.get()).isGreaterThan(count / 50);
        assertThat(refused.get()).isGreaterThan(count / 4);
    }

    private Fuzz.Input trial(SplittableRandom random) {
        Read read = reads.get(random.nextInt(reads.size()));
        Spoiled spoiled = new Spoiled(read, random, true);
        next = spoiled;
        try {
            String found = read.typed().apply(chain);
            right.incrementAndGet();
            if (!found.equals(spoiled.truth())) {
                fail("Another answer than the bytes give: read=%s found=%s bytes=%s", read.name(), found, spoiled);
            }
        } catch (RpcException e) {
            refused.incrementAndGet();
        } catch (RuntimeException e) {
            throw new AssertionError("Untyped failure: read=" + read.name() + " bytes=" + spoiled, e);
        }
        return new Fuzz.Input(read.name(), spoiled.body);
    }

    /** A right answer to whatever ids are asked, spoiled once it is known which. */
    private static final class Spoiled {

        private final Read read;
        private final SplittableRandom random;
        private final boolean spoils;
        private final List<Long> ids = new ArrayList<>();
        private byte[] body = new byte[0];

        Spoiled(Read read, SplittableRandom random, boolean spoils) {
            this.read = read;
            this.random = random;
            this.spoils = spoils;
        }

        MemoryNode.Answer apply(String request) {
            Matcher found = ID.matcher(request);
            while (found.find()) {
                ids.add(Long.parseLong(found.group(1)));
            }
            List<Long> told = new ArrayList<>(ids);
            if (spoils && random.nextInt(20) == 0) {
                Collections.swap(told, random.nextInt(told.size()), random.nextInt(told.size()));
            }
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                answers.add("{\"jsonrpc\":\"2.0\",\"id\":" + told.get(i) + ",\"result\":"
                        + read.results().get(i) + "}");
            }
            String text = request.startsWith("[") ? "[" + String.join(",", answers) + "]" : answers.getFirst();
            byte[] whole = text.getBytes(StandardCharsets.UTF_8);
            body = spoils ? Mutation.of(whole, random) : whole;
            boolean fine = !spoils || random.nextInt(12) > 0;
            return new MemoryNode.Answer(fine ? 200 : BAD_STATUS[random.nextInt(BAD_STATUS.length)], body);
        }

        /** What the bytes say by the second opinion; a complaint where they say nothing that may be believed. */
        String truth() {
            try {
                Object tree = PlainJson.parse(body);
                Map<BigDecimal, Object> results = new HashMap<>();
                for (Object answer : tree instanceof List<?> list ? list : List.of(tree)) {
                    Map<?, ?> envelope = (Map<?, ?>) answer;
                    boolean failed = envelope.get("error") != null && !PlainJson.NULL.equals(envelope.get("error"));
                    if (!"2.0".equals(envelope.get("jsonrpc")) || (!failed && !envelope.containsKey("result"))) {
                        return "no JSON-RPC answer";
                    }
                    // A revert among several calls is an answer of its own.
                    results.put((BigDecimal) envelope.get("id"), failed ? PlainJson.NULL : envelope.get("result"));
                }
                List<Object> ordered = new ArrayList<>();
                for (long id : ids) {
                    ordered.add(Objects.requireNonNull(results.get(BigDecimal.valueOf(id))));
                }
                return read.plain().apply(ordered);
            } catch (RuntimeException e) {
                return "nothing believable: " + e;
            }
        }

        @Override
        public String toString() {
            return new String(body, 0, Math.min(body.length, 3_000), StandardCharsets.UTF_8);
        }
    }

    private static List<Read> recorded() throws IOException {
        Path folder = Path.of(System.getProperty("plimsoll.root", ".."), "..", "shared", "data", "json-rpc");
        if (!Files.isDirectory(folder)) {
            return List.of(); // the built-in answers serve alone
        }
        JsonMapper json = new JsonMapper();
        List<Read> reads = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".io")).sorted().toList()) {
                JsonNode request = json.nullNode();
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith(">> ")) {
                        request = json.readTree(line.substring(3));
                    } else if (line.startsWith("<< ") && line.length() < LONGEST_RECORDED) {
                        JsonNode result = json.readTree(line.substring(3)).path("result");
                        if (!result.isMissingNode()) {
                            Read.recorded(request.path("method").stringValue(), request.path("params"), result)
                                    .ifPresent(reads::add);
                        }
                    }
                }
            }
        }
        return reads;
    }
}

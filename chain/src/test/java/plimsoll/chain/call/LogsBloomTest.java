package plimsoll.chain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogsBloomTest {

    @Test
    void equalsTheFilterOfEveryReceiptThatWasRecordedFromGeth() throws IOException {
        Path folder = Path.of(System.getProperty("plimsoll.root", ".."), "..", "shared", "data", "json-rpc");
        assumeTrue(Files.isDirectory(folder), "skipped: no shared data");
        List<JsonNode> receipts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".io")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("<< ") && line.contains("logsBloom")) {
                        collect(JsonMapper.shared().readTree(line.substring(3)), receipts);
                    }
                }
            }
        }

        int logs = 0;
        for (JsonNode receipt : receipts) {
            List<EventLog> found = Answers.logs(receipt.get("logs"), "receipt.logs");
            assertThat(LogsBloom.of(found).hex())
                    .isEqualTo(receipt.get("logsBloom").stringValue());
            logs += found.size();
        }
        assertThat(logs).isPositive();
    }

    private static void collect(JsonNode json, List<JsonNode> receipts) {
        if (json.path("logs").isArray() && json.path("logsBloom").isString()) {
            receipts.add(json);
        }
        json.forEach(child -> collect(child, receipts));
    }

    @Test
    void neverDeniesWhatItHolds() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 200; i++) {
            List<EventLog> logs = new ArrayList<>();
            for (int j = random.nextInt(20); j >= 0; j--) {
                logs.add(log(random));
            }
            LogsBloom bloom = LogsBloom.of(logs);

            assertThat(logs).allMatch(bloom::mayHold);
            assertThat(logs)
                    .allMatch(log -> LogsBloom.Probe.of(LogQuery.of(
                                    List.of(log.address()), List.of(log.topics().getFirst())))
                            .mayBeIn(bloom));
            assertThat(LogsBloom.parse(bloom.hex())).contains(bloom);
            assertThat(LogsBloom.of(logs.subList(0, logs.size() / 2)).isWithin(bloom))
                    .isTrue();
        }
    }

    @Test
    void seldomAllowsWhatItDoesNotHold() {
        SplittableRandom random = new SplittableRandom(12);
        LogsBloom bloom =
                LogsBloom.of(Stream.generate(() -> log(random)).limit(50).toList());

        long allowed = Stream.generate(() -> log(random))
                .limit(1_000)
                .filter(bloom::mayHold)
                .count();

        // Some 300 of 2,048 bits are set: (300/2048)^6 of foreign logs pass, one in 100,000.
        assertThat(allowed).isLessThan(5);
        assertThat(LogsBloom.Probe.of(LogQuery.everything()).mayBeIn(LogsBloom.of(List.of())))
                .isFalse();
        assertThat(LogsBloom.parse("0x")).isEmpty();
    }

    private static EventLog log(SplittableRandom random) {
        String topic = "0x%064x".formatted(random.nextLong() & Long.MAX_VALUE);
        return new EventLog(
                Address.parse("0x%040x".formatted(random.nextLong() & Long.MAX_VALUE)),
                List.of(topic),
                "0x",
                new BlockNumber(1),
                new BlockHash("0x" + "1".repeat(64)),
                new TxHash("0x" + "2".repeat(64)),
                0);
    }
}

package plimsoll.chain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatorTest {

    @Test
    void readsEverySimulatedCallThatWasRecordedFromGeth() throws IOException {
        Path folder = Path.of(
                System.getProperty("plimsoll.root", ".."), "..", "shared", "data", "json-rpc", "eth_simulateV1");
        assumeTrue(Files.isDirectory(folder), "skipped: no shared data");
        List<SimulatedCall> calls = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("<< ")) {
                        for (JsonNode block :
                                JsonMapper.shared().readTree(line.substring(3)).path("result")) {
                            block.path("calls").forEach(call -> calls.add(Simulator.read(call)));
                        }
                    }
                }
            }
        }

        assertThat(calls).hasSizeGreaterThan(50);
        assertThat(calls)
                .anyMatch(call -> !call.succeeded())
                .anyMatch(call -> !call.logs().isEmpty());
        assertThat(calls).allMatch(call -> call.succeeded() == call.reason().isEmpty());
    }
}

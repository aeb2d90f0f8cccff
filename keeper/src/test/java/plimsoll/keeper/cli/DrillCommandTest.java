package plimsoll.keeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.devnet.Asset;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.runtime.cli.CommandLineMain;
import plimsoll.runtime.cli.Json;

/** The drill as an operator calls it, and what it leaves behind. */
@OnDevnet
final class DrillCommandTest {

    private record Ended(int code, JsonNode answer) {}

    @Test
    void drillsAMarketAndLeavesNoFileBehind() throws IOException {
        devnet().market().borrower("sound").supplies(Asset.WETH, "2").borrows(Asset.USDC, "1000");
        Set<Path> before = temporaryFiles();

        Ended ended = run(devnet().addresses().pool().hex(), devnet().rpcUrl());

        assertThat(ended.code).isZero();
        assertThat(ended.answer.get("attempted").intValue()).isEqualTo(1);
        assertThat(ended.answer.get("succeeded").intValue()).isEqualTo(1);
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void leavesNoFileBehindWhereTheForkDoesNotStart() throws IOException {
        Set<Path> before = temporaryFiles();

        Ended ended = run(devnet().addresses().pool().hex(), devnet().rpcUrl(), "--anvil", "/dev/null/no-anvil");

        assertThat(ended.code).isEqualTo(3);
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void namesTheOptionWhereTheMarketIsNoAddress() throws IOException {
        Ended ended = run("somewhere", devnet().rpcUrl());

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.answer.at("/error/message").textValue()).startsWith("--market is no Pool's address: ");
    }

    private static Ended run(String market, String rpc, String... more) throws IOException {
        String anvil = Artefacts.prepare(sentence -> {}).anvil().toString();
        Stream<String> usual = Stream.of("drill", "--json", "--market", market, "--rpc", rpc);
        Stream<String> rest = more.length == 0 ? Stream.of("--anvil", anvil) : Stream.of(more);
        var out = new StringWriter();
        int code = CommandLineMain.run(
                new KeeperMain.Keeper(),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                Stream.concat(usual, rest).toArray(String[]::new));
        return new Ended(code, Json.mapper().readTree(out.toString()));
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("plimsoll-drill"))
                    .collect(Collectors.toSet());
        }
    }
}

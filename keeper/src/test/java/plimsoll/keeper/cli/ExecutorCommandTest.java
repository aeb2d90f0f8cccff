package plimsoll.keeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.abi.ContractFunction;
import plimsoll.devnet.Asset;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.execute.ExecutorCode;
import plimsoll.runtime.cli.CommandLineMain;
import plimsoll.runtime.cli.Json;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;

/** The executor's commands from an empty chain to an emptied executor. */
@OnDevnet(remembers = true) // the database knows of every transaction
final class ExecutorCommandTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void needsAnExecutor() {
        assumeTrue(ExecutorCode.ours().isPresent(), "skipped: this build was made without node");
    }

    private record Ended(int code, JsonNode answer) {}

    @Test
    void deploysChecksAndEmptiesAnExecutor() throws IOException {
        Address treasury = devnet().account("treasury of ours").address();
        Path configuration = configuration(Map.of());
        Ended planned = run(configuration, "deploy", "--dry-run");

        Ended deployed = run(configuration, "deploy");
        Ended again = run(configuration, "deploy");

        assertThat(deployed.code).isZero();
        assertThat(deployed.answer.get("transaction").textValue()).startsWith("0x");
        String address = deployed.answer.get("address").textValue();
        assertThat(planned.answer.get("address").textValue()).isEqualTo(address);
        assertThat(planned.answer.get("transaction").isNull()).isTrue();
        assertThat(again.answer.get("alreadyThere").booleanValue()).isTrue();

        Path known = configuration(Map.of("plimsoll.keeper.executor.address", address));
        devnet().market().fund(devnet().account("somebody").address(), Asset.USDC, Asset.USDC.amount("1"));
        give(new Address(address), "250");
        Ended checked = run(known, "check");

        assertThat(checked.code).isZero();
        assertThat(checked.answer.get("codeIsOurs").booleanValue()).isTrue();
        assertThat(checked.answer.get("problems")).isEmpty();
        assertThat(checked.answer.get("balances").findValuesAsText("amount")).contains("250");

        String usdc = devnet().addresses().of(Asset.USDC).token().hex();
        Ended shown = run(known, "withdraw", "--token", usdc, "--dry-run");
        Ended part = run(known, "withdraw", "--token", usdc, "--at-most", "100");
        Ended rest = run(known, "withdraw", "--token", usdc);

        assertThat(shown.answer.get("amount").textValue()).isEqualTo("250");
        assertThat(part.answer.get("amount").textValue()).isEqualTo("100");
        assertThat(rest.answer.get("amount").textValue()).isEqualTo("150");
        assertThat(devnet().market().balanceOf(Asset.USDC, treasury)).isEqualTo(Asset.USDC.amount("250"));
    }

    @Test
    void findsWhatIsWrongWithAnExecutor() throws IOException {
        Path first = configuration(Map.of());
        Ended deployed = run(
                first,
                "deploy",
                "--operator",
                devnet().account("another operator").address().hex());
        Path other = configuration(Map.of(
                "plimsoll.keeper.executor.address",
                        deployed.answer.get("address").textValue(),
                "plimsoll.keeper.executor.treasury",
                        devnet().account("nobody").address().hex()));

        Ended checked = run(other, "check");

        assertThat(checked.code).isEqualTo(1);
        List<String> problems = new ArrayList<>();
        checked.answer.get("problems").forEach(it -> problems.add(it.textValue()));
        assertThat(problems)
                .hasSize(2)
                .anyMatch(it -> it.startsWith("treasury is another"))
                .anyMatch(it -> it.startsWith("signer is no operator"));
    }

    @Test
    void namesTheKeyThatIsMissing() throws IOException {
        Ended ended = run(configuration(Map.of()), "check");

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.answer.get("error").get("key").textValue()).isEqualTo("plimsoll.keeper.executor.address");
    }

    private static void give(Address account, String usdc) {
        Address token = devnet().addresses().of(Asset.USDC).token();
        devnet().rpc()
                .call(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                devnet().account("somebody").address().hex(),
                                "to",
                                token.hex(),
                                "data",
                                ContractFunction.of("mint(address to, uint256 amount)")
                                        .encode(account, Asset.USDC.amount(usdc).raw())));
        devnet().mine(1);
    }

    private Path configuration(Map<String, String> more) throws IOException {
        Path key = Files.writeString(
                folder.resolve("key"), devnet().account("keeper").privateKey());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> values = new HashMap<>(Map.of(
                "plimsoll.chain.rpc-url", devnet().rpcUrl(),
                "plimsoll.market.pool", devnet().addresses().pool().hex(),
                "plimsoll.signer.key-file", key.toString(),
                "plimsoll.data-folder", folder.resolve("data").toString(),
                "plimsoll.database.jdbc-url", DATABASE.jdbcUrl(),
                "plimsoll.database.user", DATABASE.user(),
                "plimsoll.database.password", DATABASE.password(),
                "plimsoll.keeper.executor.treasury",
                        devnet().account("treasury of ours").address().hex()));
        values.putAll(more);
        Properties properties = new Properties();
        properties.putAll(values);
        Path file = Files.createTempFile(folder, "keeper", ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    private static Ended run(Path configuration, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("executor"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", configuration.toString(), "--json"));
        StringWriter out = new StringWriter();
        int code = CommandLineMain.run(
                new KeeperMain.Keeper(),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                all.toArray(String[]::new));
        return new Ended(code, Json.mapper().readTree(out.toString()));
    }
}

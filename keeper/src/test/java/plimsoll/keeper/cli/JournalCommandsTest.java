package plimsoll.keeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.keeper.app.JournaledRun;
import plimsoll.runtime.cli.CommandLineMain;
import plimsoll.runtime.cli.Json;
import plimsoll.runtime.testing.TestDatabase;

/** What a keeper did, asked as its operator asks: by the commands, on the database that the configuration names. */
final class JournalCommandsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Ended(int code, JsonNode answer) {}

    @Test
    void tellWhatWasDecidedAndEarned() throws IOException, SQLException {
        try (Devnet devnet = Devnet.start(DevnetSettings.ofSeed(43))) {
            JournaledRun.Facts facts = new JournaledRun(devnet, DATABASE).play();
            String borrower = facts.borrowers().getLast().address().hex();
            String pool = devnet.addresses().pool().hex();

            Ended replayed = run("replay", "--market", pool);
            List<Ended> foreseen = new ArrayList<>();
            for (Borrower each : facts.borrowers()) {
                foreseen.add(
                        run("why", "--account", each.address().hex(), "--block", Long.toString(facts.foreseenAt())));
            }
            Ended acted = run("why", "--account", borrower, "--block", Long.toString(facts.actedAt()));
            Ended nothing = run("why", "--account", borrower, "--block", "1");
            Ended profit = run(
                    "profit",
                    "--market",
                    pool,
                    "--coin",
                    devnet.addresses().of(Asset.WETH).token().hex(),
                    "--rpc",
                    devnet.rpcUrl());

            assertThat(replayed.code).as(replayed.answer.toString()).isZero();
            assertThat(replayed.answer.get("blocks").intValue()).isEqualTo(facts.entries());
            assertThat(replayed.answer.get("decisions").intValue()).isEqualTo(facts.decisions());
            assertThat(replayed.answer.get("differing").intValue()).isZero();
            assertThat(replayed.answer.get("notReplayable").intValue()).isZero();

            assertThat(foreseen).hasSize(3).allSatisfy(ended -> {
                assertThat(ended.code).isZero();
                assertThat(ended.answer.get("decisions")).singleElement().satisfies(it -> {
                    assertThat(it.get("action").textValue()).isEqualTo("liquidate");
                    assertThat(it.get("foreseen").textValue()).startsWith("way=pool reference=0x");
                    assertThat(it.get("outside").textValue()).contains("no relay is configured");
                });
            });
            assertThat(acted.code).isZero();
            assertThat(acted.answer.get("decisions")).singleElement().satisfies(it -> {
                assertThat(it.get("action").textValue()).isEqualTo("liquidate");
                assertThat(it.get("foreseen").isNull()).isTrue();
            });
            assertThat(nothing.code).isEqualTo(1);
            assertThat(nothing.answer.get("decisions")).isEmpty();

            assertThat(profit.code).as(profit.answer.toString()).isZero();
            List<String> subjects = new ArrayList<>();
            profit.answer
                    .get("lines")
                    .forEach(
                            line -> subjects.add(line.get("subject").textValue().toLowerCase(Locale.ROOT)));
            assertThat(subjects)
                    .containsAll(facts.borrowers().stream()
                            .map(it -> it.address().hex())
                            .toList());
        }
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        Ended ended = run(List.of("replay", "--config", "nowhere.properties", "--json"));

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.answer.get("error").get("file").textValue()).isEqualTo("nowhere.properties");
    }

    private Ended run(String... arguments) throws IOException {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "plimsoll.data-folder", folder.resolve("data").toString(),
                "plimsoll.database.jdbc-url", DATABASE.jdbcUrl(),
                "plimsoll.database.user", DATABASE.user(),
                "plimsoll.database.password", DATABASE.password()));
        Path file = Files.createTempFile(folder, "keeper", ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString(), "--json"));
        return run(all);
    }

    private static Ended run(List<String> arguments) throws IOException {
        StringWriter out = new StringWriter();
        int code = CommandLineMain.run(
                new KeeperMain.Keeper(),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                arguments.toArray(String[]::new));
        return new Ended(code, Json.mapper().readTree(out.toString()));
    }
}

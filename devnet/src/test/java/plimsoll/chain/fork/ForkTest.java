package plimsoll.chain.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Wei;

/** A local node that continues a live chain, here another local one. */
class ForkTest {

    private static final Address RICH = Address.parse("0x00000000000000000000000000000000000000dd");
    private static final Address POOR = Address.parse("0x0000000000000000000000000000000000000e0e");
    private static final Address COUNTER = Address.parse("0x00000000000000000000000000000000000000e5");
    private static final String COUNTER_CODE = "0x5f5460010180" + "5f555f5260205ff3";
    private static final String PASSWORD = "hunter2hunter2";
    private static final String KEY = "key-0123456789abcdef";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void continuesAChainFromABlockAndLeavesItAlone() {
        try (LocalNode origin = LocalNode.start(settings("origin"));
                RpcClient live = RpcClient.to(origin.rpcUrl())) {
            live.call("anvil_setBalance", RICH.hex(), "0xde0b6b3a7640000");
            live.call("anvil_setCode", COUNTER.hex(), COUNTER_CODE);
            live.call("anvil_mine", "0x5");
            BlockNumber shared = new Chain(live).head().number();
            live.call("anvil_mine", "0x1"); // anvil keeps a block's state when the next one comes
            live.call("anvil_setBalance", RICH.hex(), "0x1bc16d674ec80000");
            live.call("anvil_mine", "0x5");

            try (LocalNode fork = LocalNode.start(settings("fork").forking(ForkOrigin.at(origin.rpcUrl(), shared)));
                    RpcClient local = RpcClient.to(fork.rpcUrl())) {
                Chain there = new Chain(live);
                Chain here = new Chain(local);
                assertThat(here.head().number()).isEqualTo(shared);
                assertThat(here.balance(RICH, BlockTag.LATEST)).isEqualTo(Wei.parse("1"));
                assertThat(here.call(COUNTER, "0x", BlockTag.LATEST)).endsWith("01");

                local.call("anvil_impersonateAccount", RICH.hex());
                for (Address to : List.of(COUNTER, POOR)) {
                    local.call(
                            "eth_sendTransactionSync",
                            Map.of("from", RICH.hex(), "to", to.hex(), "value", "0x16345785d8a0000"));
                }

                assertThat(here.call(COUNTER, "0x", BlockTag.LATEST)).endsWith("02");
                assertThat(here.balance(POOR, BlockTag.LATEST)).isEqualTo(Wei.parse("0.1"));
                assertThat(there.balance(POOR, BlockTag.LATEST)).isEqualTo(Wei.ZERO);
                assertThat(there.balance(RICH, BlockTag.LATEST)).isEqualTo(Wei.parse("2"));
                assertThat(there.call(COUNTER, "0x", BlockTag.LATEST)).endsWith("01");
            }
        }
    }

    @Test
    void showsItsOriginsCredentialsNowhere() throws IOException {
        try (LocalNode origin = LocalNode.start(settings("origin"))) {
            String url = origin.rpcUrl().replace("http://", "http://user:" + PASSWORD + "@") + "/?apikey=" + KEY;
            LocalNodeSettings settings = settings("fork").forking(ForkOrigin.newest(url));

            try (LocalNode fork = LocalNode.start(settings);
                    RpcClient local = RpcClient.to(fork.rpcUrl())) {
                new Chain(local).head();

                String commandLine = Files.readString(Path.of("/proc/" + fork.pid() + "/cmdline"));
                assertThat(commandLine).contains("--fork-url").doesNotContain(PASSWORD, KEY);
                assertThat(Files.readString(fork.output()))
                        .contains("Listening on")
                        .contains("Endpoint:       " + origin.rpcUrl())
                        .doesNotContain(PASSWORD, KEY);
                assertThat(settings.toString()).contains("127.0.0.1").doesNotContain(PASSWORD, KEY);
            }
        }
    }

    @Test
    void saysWithoutCredentialsThatItsOriginDoesNotAnswer() throws IOException {
        int nobody;
        try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        LocalNodeSettings settings = new LocalNodeSettings(
                        anvil(), 0, folder.resolve("fork.log"), List.of("--retries", "0", "--timeout", "2000"))
                .forking(ForkOrigin.newest("http://user:" + PASSWORD + "@127.0.0.1:" + nobody + "/v3/" + KEY));

        assertThatThrownBy(() -> LocalNode.start(settings))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ended at once")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(PASSWORD, KEY));
        assertThat(Files.readString(settings.output())).doesNotContain(PASSWORD, KEY);
    }

    @Test
    void refusesWhatIsNoUrlWithoutRepeatingIt() {
        assertThatThrownBy(() -> ForkOrigin.newest("htp//" + KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.toString()).doesNotContain(KEY));
    }

    private LocalNodeSettings settings(String name) {
        return new LocalNodeSettings(anvil(), 0, folder.resolve(name + ".log"), List.of());
    }

    private static Path anvil() {
        return Artefacts.prepare(sentence -> {}).anvil();
    }
}

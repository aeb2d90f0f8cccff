package plimsoll.chain.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.ChainId;

final class LocalNodeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void answersUntilItIsClosed() {
        LocalNode node = LocalNode.start(settings(anvil(), 0, "--chain-id", "4711"));
        try (RpcClient rpc = RpcClient.to(node.rpcUrl())) {
            assertThat(new Chain(rpc).chainId()).isEqualTo(new ChainId(4_711));
        } finally {
            node.close();
        }

        assertThat(node.isRunning()).isFalse();
        assertThat(ProcessHandle.of(node.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void saysThatItsPortIsTaken() {
        try (LocalNode first = LocalNode.start(settings(anvil(), 0))) {
            LocalNodeSettings same = settings(anvil(), first.port());

            assertThatThrownBy(() -> LocalNode.start(same))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("ended at once")
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void namesABinaryThatIsNotThere() {
        LocalNodeSettings settings = settings(Path.of("no", "such", "anvil"), 0);

        assertThatThrownBy(() -> LocalNode.start(settings))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no/such/anvil");
    }

    private LocalNodeSettings settings(Path binary, int port, String... options) {
        return new LocalNodeSettings(binary, port, folder.resolve("node-" + port + ".log"), List.of(options));
    }

    private static Path anvil() {
        return Artefacts.prepare(sentence -> {}).anvil();
    }
}

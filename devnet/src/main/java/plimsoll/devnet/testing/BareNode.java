package plimsoll.devnet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import plimsoll.chain.call.Chain;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;
import tools.jackson.databind.JsonNode;

/** A real node whose chain has nothing on it, new for each test of the class that registers it. */
public final class BareNode implements BeforeEachCallback, AfterEachCallback {

    private static final String HUNDRED_ETHER = "0x56bc75e2d63100000";

    private final List<String> options;
    private @Nullable Running running;

    private record Running(Path folder, LocalNode process, RpcClient rpc) {}

    private BareNode(List<String> options) {
        this.options = options;
    }

    /** One with these options of anvil. */
    public static BareNode with(String... options) {
        return new BareNode(List.of(options));
    }

    public RpcClient rpc() {
        return running().rpc();
    }

    /** What the node answers, of its own methods for tests above all. */
    public JsonNode call(String method, Object... params) {
        return rpc().call(method, params);
    }

    public Chain chain() {
        return new Chain(rpc());
    }

    public String url() {
        return running().process().rpcUrl();
    }

    /** Where the node's own output goes, until the test ends. */
    public Path output() {
        return running().process().output();
    }

    /** Makes its balance 100 ether, without a transaction. */
    public void fund(Address account) {
        call("anvil_setBalance", account.hex(), HUNDRED_ETHER);
    }

    private Running running() {
        Running known = running;
        if (known == null) {
            throw new IllegalStateException("No test runs for which this node was registered");
        }
        return known;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Path folder = Files.createTempDirectory("bare-node");
        LocalNode process = LocalNode.start(new LocalNodeSettings(
                Artefacts.prepare(sentence -> {}).anvil(), 0, folder.resolve("anvil.log"), options));
        running = new Running(folder, process, RpcClient.to(process.rpcUrl()));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Running known = running;
        if (known != null) {
            known.rpc().close();
            known.process().close();
            Files.deleteIfExists(known.process().output());
            Files.deleteIfExists(known.folder());
            running = null;
        }
    }
}

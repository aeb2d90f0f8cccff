package plimsoll.devnet.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;

/**
 * The devnet of the test class that runs and is {@link OnDevnet}; it ends with the class. Each test begins with the state that the
 * class left before its first, with nothing waiting, and with a block for each transaction.
 */
public final class TestDevnet implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static @Nullable Devnet running;

    private String before = "";

    private TestDevnet() {}

    public static Devnet devnet() {
        Devnet devnet = running;
        if (devnet == null) {
            throw new IllegalStateException("This test class is not @OnDevnet");
        }
        return devnet;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Devnet.start(DevnetSettings.ofSeed(7));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = devnet().snapshot();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!context.getRequiredTestClass().getAnnotation(OnDevnet.class).remembers()) {
            // What waits must not be mined while the state goes back: anvil would be left with a head that is not on
            // its chain.
            devnet().stopMining();
            devnet().rpc().call("anvil_dropAllTransactions");
            devnet().revertTo(before);
            devnet().mineEachTransaction();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        devnet().close();
        running = null;
    }
}

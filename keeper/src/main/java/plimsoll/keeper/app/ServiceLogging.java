package plimsoll.keeper.app;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Commands are silent but for warnings; a service tells its operator what it does, in the format of its configuration. A class of its
 * own because the plain commands' class path lacks Quarkus's boot classes.
 */
final class ServiceLogging {

    private ServiceLogging() {}

    static void install() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(InitialConfigurator.DELAYED_HANDLER);
        root.setLevel(Level.INFO);
    }
}

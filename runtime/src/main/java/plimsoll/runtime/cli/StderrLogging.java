package plimsoll.runtime.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Sends every log line of a plain command to standard error, warnings and worse unless {@code PLIMSOLL_LOG} names another
 * level, so that standard output holds the answer alone. SLF4J is bound to the JBoss log manager (the binding that Quarkus
 * brings), which is therefore made the JVM's log manager before the first logger is asked for.
 */
final class StderrLogging {

    private static final String MANAGER = "java.util.logging.manager";
    private static final String JBOSS = "org.jboss.logmanager.LogManager";

    private StderrLogging() {}

    static void install() {
        if (System.getProperty(MANAGER) == null && isPresent(JBOSS)) {
            System.setProperty(MANAGER, JBOSS);
        }
        Level level = level(System.getenv("PLIMSOLL_LOG"));
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new Stderr(System.err, level));
        root.setLevel(level);
    }

    private static Level level(@Nullable String name) {
        return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
            case "trace" -> Level.FINER;
            case "debug" -> Level.FINE;
            case "info" -> Level.INFO;
            case "error" -> Level.SEVERE;
            case "off" -> Level.OFF;
            default -> Level.WARNING;
        };
    }

    private static boolean isPresent(String className) {
        return StderrLogging.class.getClassLoader().getResource(className.replace('.', '/') + ".class") != null;
    }

    private static final class Stderr extends Handler {

        private final PrintStream stream;
        private final SimpleFormatter messages = new SimpleFormatter();

        Stderr(PrintStream stream, Level level) {
            this.stream = stream;
            setLevel(level);
        }

        @Override
        public void publish(LogRecord record) {
            if (!isLoggable(record)) {
                return;
            }
            Throwable thrown = record.getThrown();
            stream.println(record.getLevel().getName() + " " + record.getLoggerName() + ": "
                    + messages.formatMessage(record) + (thrown == null ? "" : ": " + thrown));
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}

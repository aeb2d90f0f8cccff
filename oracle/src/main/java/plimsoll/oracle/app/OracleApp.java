package plimsoll.oracle.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.CommandLineMain;
import plimsoll.runtime.config.StrictConfiguration;
import plimsoll.runtime.postgres.Database;

/** {@code oracle serve}: checks everything, opens the database, then starts the service. */
@QuarkusMain
public final class OracleApp {

    private static final Duration LAST_QUERIES = Duration.ofSeconds(10);

    private OracleApp() {}

    public static void main(String... args) {
        int code = CommandLineMain.guard(args, () -> serve(args));
        System.exit(code);
    }

    private static int serve(String... args) {
        OracleConfig config = new StrictConfiguration<>(OracleConfig.class, "plimsoll.keeper").load();
        OracleSettings settings = OracleSettings.of(config);
        Preflight.check(settings, System.getenv());
        try (Database database = Preflight.open(settings.service().database()).patientAtExit(LAST_QUERIES)) {
            Map.of(
                            "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                            "quarkus.datasource.username", database.user(),
                            "quarkus.datasource.password", database.password())
                    .forEach(System::setProperty);
            return run(args);
        }
    }

    /** Runs until it is told to stop; a start that fails is one sentence, too. */
    private static int run(String... args) {
        AtomicInteger exitCode = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Quarkus.run(
                null,
                (code, thrown) -> {
                    exitCode.set(code);
                    failure.set(thrown);
                },
                args);
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw CommandFailure.outside("Oracle cannot start: " + thrown.getMessage())
                    .because(thrown);
        }
        return exitCode.get();
    }
}

package plimsoll.keeper.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.relay.RelayLog;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.LaneLog;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.StrictConfiguration;
import plimsoll.runtime.store.Duty;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.units.Address;

/**
 * A keeper without its web shell, in a JVM of its own, made to be killed. It says when it is ready and when it begins to act, and
 * answers {@code book} with its block and every account, and {@code threads} with how many it has as well. Its configuration comes by
 * system properties, its secrets and the database by the environment. {@link ChildKeeper} is its other end.
 */
final class KeeperProcess {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(2);
    private static final int MOST_CONNECTIONS = 10;
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(100);

    private final Assembly assembly;
    private final Snapshots snapshots;
    private final Semaphore news;
    private final AtomicReference<Optional<String>> asked = new AtomicReference<>(Optional.empty());
    private String lastTrouble = "";
    private Optional<Round> last = Optional.empty();

    private KeeperProcess(Assembly assembly, Snapshots snapshots, Semaphore news) {
        this.assembly = assembly;
        this.snapshots = snapshots;
        this.news = news;
    }

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        DataSource source = pool(environment);
        String holder = "keeper-" + ProcessHandle.current().pid();
        KeeperSettings settings = KeeperSettings.all(
                        new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle").load())
                .getFirst();
        Signer signer = settings.service().signer().orElseThrow().open(environment);
        Semaphore news = new Semaphore(0);
        EndpointPool pool = untilItSucceeds(() -> settings.service()
                .chain()
                .open(new PoolLog(), InstantSource.system())
                .start());
        pool.onHead(_ -> news.release());
        Chain chain = settings.service().chainOver(pool);
        LaneDesk desk = LaneDesk.of(
                settings,
                holder,
                chain,
                signer,
                new PostgresIntentStore(source),
                InstantSource.system(),
                new LaneDesk.Observers(new KeeperLog(), new LaneLog(), new RelayLog()));
        Duty duty = new Duty(
                source,
                "market " + settings.market().id().key(),
                new Duty.Candidate(holder, () -> desk.held().isPresent(), settings::live),
                settings.timing().leaseTime(),
                news::release);
        SnapshotStore stored = new SnapshotStore(source);
        long market = market(source, settings.market().id());
        var known = stored.load(market);
        Assembly assembly = untilItSucceeds(() -> Assembly.of(
                settings,
                new Assembly.Surroundings(
                        chain,
                        Optional.of(signer),
                        Optional.of(desk),
                        duty::isOurs,
                        Assembly.Surroundings.Orders.NONE,
                        InstantSource.system(),
                        new KeeperLog(),
                        new FollowerLog("keeper")),
                known));
        desk.whenTaken(duty::lookAgain);
        desk.whenTaken(news::release);
        var process = new KeeperProcess(assembly, new Snapshots(stored, market, duty::term), news);
        Thread.ofPlatform().daemon().name("questions").start(process::listen);
        Thread.ofVirtual().name("snapshots").start(process::keepSnapshots);
        process.work(() -> {
            duty.start();
            desk.start();
        });
    }

    /** Connections are pooled by what pools them in the keeper itself. */
    private static DataSource pool(Map<String, String> environment) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .metricsEnabled(false)
                    .connectionPoolConfiguration(pool -> pool.maxSize(MOST_CONNECTIONS)
                            .acquisitionTimeout(Duration.ofSeconds(5))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(environment.get("KEEPER_JDBC"))
                                    .principal(new NamePrincipal(environment.get("KEEPER_USER")))
                                    .credential(new SimplePassword(environment.get("KEEPER_PASSWORD"))))));
        } catch (SQLException e) {
            throw new IllegalStateException("Database is not opened", e);
        }
    }

    /** A keeper that starts while its endpoints fail ends, and whoever runs it starts it again; this one does so by itself. */
    private static <T> T untilItSucceeds(Supplier<T> step) throws InterruptedException {
        while (true) {
            try {
                return step.get();
            } catch (CommandFailure | RpcException e) {
                System.err.println("start is tried again: " + e.getMessage());
                pause(PAUSE_AFTER_TROUBLE);
            }
        }
    }

    /** The market's number, as the keeper's own tables give it. */
    private static long market(DataSource source, MarketId market) {
        String sql = "INSERT INTO markets (chain_id, pool, part) VALUES (?, ?, ?) ON CONFLICT (chain_id, pool, part)"
                + " DO UPDATE SET part = markets.part RETURNING id";
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, market.chain().value());
            statement.setString(2, market.contract().hex());
            statement.setString(3, market.part());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Market is not found", e);
        }
    }

    /** It asks for duty when its book is true, so that it takes over nothing that it could not go on with. */
    private void work(Runnable askForDuty) throws InterruptedException {
        boolean wasActing = false;
        while (true) {
            try {
                Optional<Round> round = assembly.engine().advance();
                if (round.isPresent()) {
                    keep(round.get());
                    if (last.isEmpty()) {
                        askForDuty.run();
                        say("ready");
                    }
                    last = round;
                    lastTrouble = "";
                }
            } catch (RuntimeException e) {
                tell(e);
                pause(PAUSE_AFTER_TROUBLE);
            }
            boolean isActing =
                    assembly.engine().lastStance().filter(Stance::isActing).isPresent();
            if (isActing != wasActing) {
                wasActing = isActing;
                say(isActing ? "acting" : "idle");
            }
            Optional<String> question = asked.get();
            if (question.isPresent() && last.isPresent()) {
                asked.set(Optional.empty());
                answer(last.get(), question.get().equals("threads"));
            }
            if (news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }
    }

    /** Once, not as often as it repeats itself. */
    private void tell(RuntimeException e) {
        String trouble = e.toString();
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            System.err.println("round failed: " + trouble);
        }
    }

    private void keep(Round round) {
        if (assembly.isStandingBy()) {
            snapshots.restart();
        } else {
            snapshots.add(round, assembly.engine().watch().book());
        }
    }

    private void keepSnapshots() {
        while (true) {
            try {
                pause(SNAPSHOT_EVERY);
                snapshots.save();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                System.err.println("snapshot failed: " + e);
            }
        }
    }

    private void listen() {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                asked.set(Optional.of(line));
                news.release();
            }
        } catch (IOException e) {
            // Whoever asked is gone.
        }
        System.exit(0); // so that no keeper outlives the test that made it
    }

    private void answer(Round round, boolean withThreads) {
        PositionBook book = assembly.engine().watch().book();
        Map<Address, String> actions = new HashMap<>();
        for (Decision decision : round.decisions()) {
            actions.put(decision.account(), decision.assessment().action());
        }
        StringBuilder text = new StringBuilder();
        book.all()
                .forEach(position -> round.market()
                        .standing(position)
                        .ifPresent(standing -> text.append("account ")
                                .append(position.account().hex())
                                .append(' ')
                                .append(standing.collateral().raw())
                                .append(' ')
                                .append(standing.debt().raw())
                                .append(' ')
                                .append(standing.healthFactor()
                                        .map(health -> health.toString())
                                        .orElse("none"))
                                .append(' ')
                                .append(actions.getOrDefault(position.account(), "none"))
                                .append('\n')));
        text.append("threads ").append(withThreads ? threads() : 0).append('\n');
        text.append("at ")
                .append(round.market().block().number().value())
                .append(' ')
                .append(round.market().block().hash().hex());
        say(text.toString());
    }

    /** Virtual ones included, which no other count knows. */
    private static long threads() {
        try {
            Path folder = Files.createTempDirectory("keeper-threads");
            Path file = folder.resolve("dump.txt");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            long threads = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("#"))
                    .count();
            Files.delete(file);
            Files.delete(folder);
            return threads;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        boolean _ = new Semaphore(0).tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static synchronized void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}

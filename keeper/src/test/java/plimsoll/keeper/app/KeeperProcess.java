package plimsoll.keeper.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.relay.RelayLog;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.LaneLog;
import plimsoll.runtime.config.StrictConfiguration;
import plimsoll.runtime.store.Duty;
import plimsoll.runtime.store.PostgresIntentStore;

/** A keeper without its web shell, in a JVM of its own, made to be killed. It says when it is ready and when it begins to act. */
final class KeeperProcess {

    private static final Duration LOOK = Duration.ofMillis(10);

    private KeeperProcess() {}

    /**
     * Arguments: the node, and {@code rehearse} to end when it is ready, which leaves an archive of classes for quicker starts. Its
     * configuration comes by the environment, where the database's three coordinates stand beside it.
     */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(environment.get("TAKE_OVER_JDBC"));
        source.setUser(environment.get("TAKE_OVER_USER"));
        source.setPassword(environment.get("TAKE_OVER_PASSWORD"));
        String holder = "keeper-" + ProcessHandle.current().pid();
        KeeperSettings settings = KeeperSettings.all(
                        new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle").load())
                .getFirst();
        Signer signer = settings.service().signer().orElseThrow().open(environment);
        Semaphore news = new Semaphore(0);
        try (RpcClient rpc = RpcClient.to(args[0])) {
            Chain chain = new Chain(rpc);
            LaneDesk desk = LaneDesk.of(
                    settings,
                    holder,
                    chain,
                    signer,
                    new PostgresIntentStore(source),
                    InstantSource.system(),
                    new LaneDesk.Observers(new KeeperLog(), new LaneLog(), new RelayLog()));
            Duty duty = new Duty(
                    source, "market " + settings.id().key(), holder, settings.leaseTime(), () -> news.release());
            Assembly assembly = Assembly.of(
                    settings,
                    new Assembly.Surroundings(
                            chain,
                            Optional.of(signer),
                            Optional.of(desk),
                            duty::isOurs,
                            Assembly.Surroundings.Orders.NONE,
                            InstantSource.system(),
                            new KeeperLog(),
                            new plimsoll.chain.log.FollowerLog("keeper")),
                    Optional.empty());
            desk.whenTaken(news::release);
            work(assembly, news, () -> {
                if (args.length > 1) {
                    System.exit(0);
                }
                duty.start();
                desk.attempt();
                desk.start();
            });
        }
    }

    /** It asks for duty when its book is true, so that it takes over nothing that it could not go on with. */
    private static void work(Assembly assembly, Semaphore news, Runnable askForDuty) throws InterruptedException {
        boolean isReady = false;
        boolean wasActing = false;
        while (true) {
            try {
                if (assembly.engine().advance().isPresent() && !isReady) {
                    isReady = true;
                    askForDuty.run();
                    say("ready");
                }
            } catch (RpcException e) {
                say("troubled " + e.getMessage());
            }
            boolean isActing =
                    assembly.engine().lastStance().filter(Stance::isActing).isPresent();
            if (isActing != wasActing) {
                wasActing = isActing;
                say(isActing ? "acting" : "idle");
            }
            boolean _ = news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}

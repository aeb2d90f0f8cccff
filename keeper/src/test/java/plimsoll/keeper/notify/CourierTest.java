package plimsoll.keeper.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.keeper.margin.Alarm;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.MarginCall;
import plimsoll.keeper.margin.Outbox;
import plimsoll.keeper.margin.Reading;
import plimsoll.keeper.margin.Scope;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.store.MarginStore;
import plimsoll.keeper.store.OutboxStore;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.Wad;

/** Messages on their way through a real database to receivers that fail. */
final class CourierTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    private static final Address ACCOUNT = new Address("0x00000000000000000000000000000000000000a1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(5), Duration.ofMillis(40), 6);

    private final MarginStore store = new MarginStore(DATABASE.dataSource());
    private final OutboxStore outbox = new OutboxStore(DATABASE.dataSource());

    private static long calls;
    private String channel = "";

    @BeforeEach
    void useAChannelOfOnesOwn() {
        channel = "hook" + calls;
    }

    @Test
    void everyMessageArrivesThroughAReceiverThatFails() {
        for (int i = 0; i < 12; i++) {
            call();
        }
        SplittableRandom random = new SplittableRandom(11);
        try (LocalServer server = new LocalServer(
                number -> number > 40 ? 200 : List.of(200, 500, 503, 0).get(random.nextInt(4)))) {
            try (Courier _ = courier(outbox, server, new Backoff(Duration.ofMillis(5), Duration.ofMillis(40), 40))) {
                waitUntil(() -> server.accepted().size() >= 12);
            }

            assertThat(keys(server)).as("each at least once").hasSize(12);
            assertThat(server.accepted()).as("and, as nobody crashed, once").hasSize(12);
            assertThat(server.received().size()).as("the receiver did fail").isGreaterThan(20);
            assertThat(messages()).containsOnly("delivered");
        }
    }

    @Test
    void aMessageThatNobodyTakesIsGivenUp() {
        call();
        try (LocalServer server = new LocalServer(_ -> 500)) {
            try (Courier _ = courier(outbox, server, QUICK)) {
                waitUntil(() -> messages().contains("dead"));
            }

            assertThat(server.received()).hasSize(6);
        }
    }

    @Test
    void aRestartFinishesWhatACrashLeftUnderTheSameKey() {
        String key = call();

        List<Outbox.Message> first = outbox.take(channel, NOW, LEASE, 10);
        assertThat(first).extracting(Outbox.Message::key).containsExactly(key);
        // The process dies here, having delivered or not.
        assertThat(outbox.take(channel, NOW.plusSeconds(59), LEASE, 10)).isEmpty();
        List<Outbox.Message> again = outbox.take(channel, NOW.plusSeconds(60), LEASE, 10);

        assertThat(again).extracting(Outbox.Message::key).containsExactly(key);
        assertThat(again.getFirst().attempt()).isEqualTo(2);
        outbox.delivered(again.getFirst(), NOW.plusSeconds(61));
        outbox.failed(first.getFirst(), "too late to count", NOW.plusSeconds(62));
        assertThat(outbox.take(channel, NOW.plusSeconds(600), LEASE, 10)).isEmpty();
    }

    @Test
    void twoCouriersShareTheWork() {
        for (int i = 0; i < 20; i++) {
            call();
        }
        try (LocalServer server = new LocalServer(_ -> 200)) {
            try (Courier _ = courier(outbox, server, QUICK);
                    Courier _ = courier(new OutboxStore(DATABASE.dataSource()), server, QUICK)) {
                waitUntil(() -> messages().stream().allMatch("delivered"::equals));
            }

            assertThat(server.accepted()).hasSize(20);
            assertThat(keys(server)).hasSize(20);
        }
    }

    @Test
    void aReceiverThatHangsDelaysNobodyElse() {
        call();
        Channel hanging = new Channel() {
            @Override
            public String name() {
                return "hanging";
            }

            @Override
            public Delivery deliver(Outbox.Message message) {
                LockSupport.park();
                return new Delivery.Failed("hung");
            }
        };
        remember("hanging");
        try (LocalServer server = new LocalServer(_ -> 200)) {
            Channel hook = hook(server);
            Courier courier =
                    new Courier(outbox, List.of(hanging, hook), QUICK, InstantSource.system(), new SplittableRandom(1));
            waitUntil(() -> server.accepted().size() == 1);
            courier.close();
        }
    }

    @Test
    void theSameCallIsStoredOnce() {
        Watch watch = watch(channel);
        Reading reading = reading();
        Alarm.Heard heard = Alarm.NEW.hear(watch, reading);
        MarginCall call = callOf(watch, reading, calls++);

        store.remember(watch, reading, heard.next(), Optional.of(call), NOW);
        store.remember(watch, reading, heard.next(), Optional.of(call), NOW); // as after a crash before anybody knew

        assertThat(outbox.take(channel, NOW, LEASE, 10)).hasSize(1);
        assertThat(store.alarms(reading.market()).get(new MarginStore.AlarmKey(watch.name(), ACCOUNT)))
                .isEqualTo(heard.next());
    }

    @Test
    void keepsTheWatchList() {
        Watch cross = watch(channel);
        Watch isolated = new Watch(
                "isolated",
                new Scope(ACCOUNT, Optional.of("1/0xmorpho/0xid"), Optional.of(2)),
                Level.parseAll("a:1.1"),
                Wad.parse("0.01"),
                Duration.ofHours(1),
                List.of("b", "c"));

        store.put(cross, NOW);
        store.put(isolated, NOW);

        assertThat(store.watches()).contains(cross, isolated);
        assertThat(store.remove("isolated")).isTrue();
        assertThat(store.remove("isolated")).isFalse();
        assertThat(store.watches()).contains(cross).doesNotContain(isolated);
    }

    private Courier courier(Outbox from, LocalServer server, Backoff backoff) {
        return new Courier(from, List.of(hook(server)), backoff, InstantSource.system(), new SplittableRandom(3));
    }

    private Channel hook(LocalServer server) {
        return new WebhookChannel(channel, server.url(), ChannelTest.secret("s"), InstantSource.system());
    }

    private String call() {
        return remember(channel);
    }

    private String remember(String to) {
        Watch watch = watch(to);
        MarginCall call = callOf(watch, reading(), calls++);
        store.remember(watch, reading(), Alarm.NEW.hear(watch, reading()).next(), Optional.of(call), NOW);
        return call.key();
    }

    private static MarginCall callOf(Watch watch, Reading reading, long number) {
        return new MarginCall(
                "call/" + watch.name() + "/" + reading.market() + "/" + number,
                watch.name(),
                watch.levels().getFirst(),
                watch.levels().getFirst(),
                reading,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static Watch watch(String channel) {
        return new Watch(
                "desk",
                Scope.cross(ACCOUNT),
                Level.parseAll("warn:1.5"),
                Wad.parse("0.02"),
                Duration.ofMinutes(15),
                List.of(channel));
    }

    private static Reading reading() {
        return new Reading(
                "31337/0xpool",
                ACCOUNT,
                Optional.of(HealthFactor.parse("1.4")),
                BaseValue.parse("1000"),
                BaseValue.parse("500"),
                new BlockNumber(1),
                NOW);
    }

    private static Set<String> keys(LocalServer server) {
        return server.accepted().stream()
                .map(LocalServer.Received::headers)
                .map(headers -> Map.copyOf(headers).getOrDefault("plimsoll-id", ""))
                .collect(Collectors.toSet());
    }

    /** The states of this channel's messages. */
    private List<String> messages() {
        return store.calls(Optional.of(ACCOUNT), 1_000).stream()
                .flatMap(call -> call.messages().stream())
                .filter(message -> message.startsWith(channel + ": "))
                .map(message -> message.substring(channel.length() + 2))
                .toList();
    }

    private static void waitUntil(BooleanSupplier wish) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }
}

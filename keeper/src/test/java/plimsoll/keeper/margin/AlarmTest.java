package plimsoll.keeper.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.Wad;

final class AlarmTest {

    private static final Address ACCOUNT = new Address("0x00000000000000000000000000000000000000a1");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(15);
    private static final Watch WATCH = new Watch(
            "desk",
            Scope.cross(ACCOUNT),
            Level.parseAll("call:1.2, warn:1.5,urgent:1.05"),
            Wad.parse("0.02"),
            INTERVAL,
            List.of("hook"));

    @Test
    void ringsOnceForALevelUntilTheHealthIsClearOfIt() {
        assertThat(rings("1.6", "1.49", "1.48", "1.501", "1.49", "1.519", "1.4"))
                .containsExactly("warn");
        assertThat(rings("1.49", "1.52", "1.51", "1.49")).containsExactly("warn"); // within the interval: waits
        assertThat(ringsEvery(INTERVAL, "1.49", "1.52", "1.51", "1.49")).containsExactly("warn", "warn");
    }

    @Test
    void ringsTheDeepestLevelAlone() {
        assertThat(rings("1.6", "1.04", "1.19", "1.3", "1.04")).containsExactly("urgent");
    }

    @Test
    void aDeeperLevelRingsWithinTheInterval() {
        assertThat(rings("1.49", "1.19", "1.049")).containsExactly("warn", "call", "urgent");
    }

    @Test
    void aLevelThatHadToWaitRingsAfterTheInterval() {
        List<String> rung = ringsEvery(Duration.ofMinutes(4), "1.49", "1.6", "1.49", "1.49", "1.49");

        assertThat(rung).containsExactly("warn", "warn"); // at 0 and, for the fall at 8 minutes, at 16
    }

    @Test
    void noDebtRearmsEverything() {
        assertThat(ringsEvery(INTERVAL, "1.04", "none", "1.49")).containsExactly("urgent", "warn");
    }

    @Test
    void theLevelItselfIsNotBelowIt() {
        assertThat(rings("1.5", "1.500000000000000001")).isEmpty();
        assertThat(rings("1.499999999999999999")).containsExactly("warn");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neitherFlapsNorMissesOnRandomPaths(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Alarm alarm = Alarm.NEW;
        Instant now = START;
        double health = 1.3 + random.nextDouble();
        Map<String, Boolean> clearSinceCall = new HashMap<>();
        Optional<Alarm.LastCall> last = Optional.empty();
        long calls = 0;
        for (int step = 0; step < 2_000; step++) {
            now = now.plusSeconds(random.nextInt(1, 400));
            health = Math.clamp(health * (1 + (random.nextDouble() - 0.5) * 0.06), 0.9, 2.2);
            Reading reading = reading(now, String.format(java.util.Locale.ROOT, "%.6f", health));
            Alarm.Heard heard = alarm.hear(WATCH, reading);
            HealthFactor at = reading.health().orElseThrow();
            for (Level level : WATCH.levels()) {
                if (!at.isBelow(WATCH.rearmsAt(level))) {
                    clearSinceCall.put(level.name(), true);
                }
            }
            if (heard.rings().isPresent()) {
                Level rung = heard.rings().get();
                assertThat(rung).isEqualTo(WATCH.breached(reading.health()).orElseThrow());
                assertThat(clearSinceCall.getOrDefault(rung.name(), true))
                        .as("seed=%s rings anew only after it was clear", seed)
                        .isTrue();
                Instant moment = now;
                last.ifPresent(it -> assertThat(!moment.isBefore(it.at().plus(INTERVAL))
                                || rung.below().isBelow(it.level()))
                        .as("seed=%s within the interval only a deeper level rings", seed)
                        .isTrue());
                WATCH.levels().stream()
                        .filter(level -> !level.below().isBelow(rung.below()))
                        .forEach(level -> clearSinceCall.put(level.name(), false));
                last = heard.next().lastCall();
                calls++;
            }
            boolean intervalOver =
                    last.isEmpty() || !now.isBefore(last.get().at().plus(INTERVAL));
            if (intervalOver) {
                assertThat(heard.next().rung())
                        .as("seed=%s nobody stays uncalled below a level once the interval is over", seed)
                        .containsAll(WATCH.breached(reading.health()).map(Level::name).stream()
                                .toList());
            }
            alarm = heard.next();
        }
        assertThat(alarm.calls()).isEqualTo(calls).isPositive();
    }

    private static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @Test
    void refusesLevelsThatContradictEachOther() {
        assertThatThrownBy(() -> Level.parseAll("warn:1.5,warn:1.2")).hasMessageContaining("given twice");
        assertThatThrownBy(() -> Level.parseAll("a:1.5,b:1.5")).hasMessageContaining("given twice");
        assertThatThrownBy(() -> Level.parseAll("warn")).hasMessageContaining("NAME:HEALTH-FACTOR");
        assertThat(Level.parseAll("urgent:1.05,warn:1.5"))
                .extracting(Level::name)
                .containsExactly("warn", "urgent");
    }

    private static List<String> rings(String... healths) {
        return ringsEvery(Duration.ofSeconds(12), healths);
    }

    private static List<String> ringsEvery(Duration step, String... healths) {
        List<String> rung = new ArrayList<>();
        Alarm alarm = Alarm.NEW;
        Instant now = START;
        for (String health : healths) {
            Alarm.Heard heard = alarm.hear(WATCH, reading(now, health));
            heard.rings().ifPresent(level -> rung.add(level.name()));
            alarm = heard.next();
            now = now.plus(step);
        }
        return rung;
    }

    private static Reading reading(Instant time, String health) {
        return new Reading(
                "31337/0xpool",
                ACCOUNT,
                Stream.of(health)
                        .filter(it -> !it.equals("none"))
                        .map(HealthFactor::parse)
                        .findFirst(),
                BaseValue.parse("1000"),
                BaseValue.parse("500"),
                new BlockNumber(1),
                time);
    }
}

package plimsoll.keeper.margin;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import plimsoll.units.HealthFactor;

/**
 * What a watch remembers of one market between two looks, and when it rings.
 *
 * <pre>
 * a level rings      when health &lt; level, unless it has rung already
 * a level is rearmed when health &gt;= level + band, or the debt is gone
 * one look rings     the deepest level alone; those above it count as rung
 * within the interval after a call only a level deeper than that call's rings; others wait, and ring afterwards if still due
 * </pre>
 *
 * @param rung the names of the levels that have rung and are not rearmed
 * @param calls how many calls were made: the number of the next one
 * @param lastCall when the newest call was made, and at which level
 * @param health at the last look
 */
public record Alarm(Set<String> rung, long calls, Optional<LastCall> lastCall, Optional<HealthFactor> health) {

    /** Before the first look. */
    public static final Alarm NEW = new Alarm(Set.of(), 0, Optional.empty(), Optional.empty());

    public Alarm {
        rung = Set.copyOf(rung);
    }

    /** The newest call. */
    public record LastCall(Instant at, HealthFactor level) {}

    /** What one look leads to: the state to remember, and the level that rings. */
    public record Heard(Alarm next, Optional<Level> rings) {}

    /** Takes in one look. */
    public Heard hear(Watch watch, Reading reading) {
        Set<String> left = new HashSet<>();
        for (Level level : watch.levels()) {
            boolean isRearmed = reading.health()
                    .map(it -> !it.isBelow(watch.rearmsAt(level)))
                    .orElse(true);
            if (rung.contains(level.name()) && !isRearmed) {
                left.add(level.name());
            }
        }
        Optional<Level> due = watch.breached(reading.health())
                .filter(level -> !left.contains(level.name()))
                .filter(level -> mayRing(watch, level, reading.time()));
        if (due.isEmpty()) {
            return new Heard(new Alarm(left, calls, lastCall, reading.health()), Optional.empty());
        }
        watch.levels().stream()
                .filter(level -> !level.below().isBelow(due.get().below()))
                .forEach(level -> left.add(level.name()));
        LastCall call = new LastCall(reading.time(), due.get().below());
        return new Heard(new Alarm(left, calls + 1, Optional.of(call), reading.health()), due);
    }

    private boolean mayRing(Watch watch, Level level, Instant now) {
        return lastCall.map(last -> level.below().isBelow(last.level) || !now.isBefore(last.at.plus(watch.interval())))
                .orElse(true);
    }
}

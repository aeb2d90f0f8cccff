package plimsoll.keeper.margin;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import plimsoll.units.HealthFactor;
import plimsoll.units.Wad;

/**
 * One entry of the watch list.
 *
 * @param name its key in the configuration, or the one that the API gave it
 * @param levels the highest first
 * @param band how far above a level the health must come before that level can ring again
 * @param interval the least time between two calls, except for a call at a deeper level
 * @param channels where calls go, by the channels' names
 */
public record Watch(String name, Scope scope, List<Level> levels, Wad band, Duration interval, List<String> channels) {

    public Watch {
        if (!name.matches("[a-zA-Z0-9_-]{1,40}")) {
            throw new IllegalArgumentException(
                    "Watch's name is not 1..40 letters, digits, dashes or underscores: found=" + name);
        }
        levels = Level.ordered(levels);
        channels = List.copyOf(new LinkedHashSet<>(channels));
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("Watch has no channel: watch=" + name);
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException("Interval is negative: watch=" + name + " found=" + interval);
        }
    }

    /** Where a level that has rung can ring again. */
    public HealthFactor rearmsAt(Level level) {
        return new HealthFactor(level.below().ratio().plus(band));
    }

    /** The deepest level that this health is below; none without debt. */
    Optional<Level> breached(Optional<HealthFactor> health) {
        return health.flatMap(
                it -> levels.stream().filter(level -> it.isBelow(level.below())).reduce((higher, deeper) -> deeper));
    }
}

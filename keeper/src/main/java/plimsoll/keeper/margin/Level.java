package plimsoll.keeper.margin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import plimsoll.units.HealthFactor;

/**
 * A health factor below which somebody wants to be told.
 *
 * @param name what it is called in a margin call, such as {@code urgent}
 */
public record Level(String name, HealthFactor below) {

    private static final int MOST = 10;

    public Level {
        if (!name.matches("[a-z0-9-]{1,20}")) {
            throw new IllegalArgumentException(
                    "Level's name is not 1..20 small letters, digits or dashes: found=" + name);
        }
        if (below.ratio().isZero()) {
            throw new IllegalArgumentException("Level's health factor is not positive: level=" + name);
        }
    }

    /** Reads {@code warn:1.5,call:1.2,urgent:1.05}; the highest comes first. */
    public static List<Level> parseAll(String text) {
        List<Level> levels = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("Level is not NAME:HEALTH-FACTOR: found=" + part.strip());
            }
            levels.add(new Level(
                    part.substring(0, colon).strip(),
                    HealthFactor.parse(part.substring(colon + 1).strip())));
        }
        return ordered(levels);
    }

    /** The highest first; a name or a health factor twice is refused. */
    static List<Level> ordered(List<Level> levels) {
        Set<Object> seen = new HashSet<>();
        for (Level level : levels) {
            if (!seen.add(level.name) || !seen.add(level.below)) {
                throw new IllegalArgumentException("Level is given twice: found=" + level);
            }
        }
        if (levels.isEmpty() || levels.size() > MOST) {
            throw new IllegalArgumentException("Levels must be 1.." + MOST + ": found=" + levels.size());
        }
        return levels.stream()
                .sorted(Comparator.comparing(Level::below).reversed())
                .toList();
    }

    @Override
    public String toString() {
        return name + ":" + below;
    }
}

package plimsoll.risk.path;

import java.io.Serializable;

/**
 * How many joint paths, how long, and from which chance.
 *
 * @param antithetic whether paths 2i and 2i + 1 are mirrored: the same size of every normal shock, the opposite sign
 */
public record PathSettings(int steps, int paths, long seed, boolean antithetic) implements Serializable {

    public PathSettings {
        if (steps < 1 || paths < 1) {
            throw new IllegalArgumentException("no paths to draw: steps=%d paths=%d".formatted(steps, paths));
        }
        if (antithetic && paths % 2 != 0) {
            throw new IllegalArgumentException("mirrored paths come in pairs: paths=" + paths);
        }
    }
}

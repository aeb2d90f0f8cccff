package plimsoll.risk.path;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An event that moves prices at once, such as a crash or a depeg.
 *
 * @param probability in each step
 * @param moves of each asset's log price
 */
public record Jump(String name, double probability, List<Move> moves) implements Serializable {

    public Jump {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("jump cannot be: name=%s probability=%s".formatted(name, probability));
        }
        moves = List.copyOf(moves);
    }

    /** The same move of every asset, each by its own chance where there is a deviation. */
    public static Jump ofAll(String name, double probability, int assets, Move move) {
        return new Jump(name, probability, Collections.nCopies(assets, move));
    }

    /** A jump of one asset among several. */
    public static Jump ofOne(String name, double probability, int asset, int assets, Move move) {
        var moves = new ArrayList<>(Collections.nCopies(assets, Move.NONE));
        moves.set(asset, move);
        return new Jump(name, probability, moves);
    }

    /** A log move of mean + deviation·N(0, 1). */
    public record Move(double mean, double deviation) implements Serializable {

        public static final Move NONE = new Move(0, 0);

        public Move {
            if (!Double.isFinite(mean) || !(deviation >= 0) || Double.isInfinite(deviation)) {
                throw new IllegalArgumentException(
                        "jump size is no number: mean=%s deviation=%s".formatted(mean, deviation));
            }
        }

        boolean isNone() {
            return mean == 0 && deviation == 0;
        }
    }
}

package plimsoll.risk.stress;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.stress.HypotheticalShock.Course;

/**
 * What breaks K: which is the smallest shock at which bad debt exceeds a budget?
 *
 * <pre>
 * F(asset) = 1 − s for struck assets that fall, 1 + s for those that are squeezed, 1 for the rest         (4)
 * s*       = min { s : B(F(s)) &gt; K }                                                                     (5)
 * </pre>
 *
 * B: bad debt in the budget's currency; s: severity. B need not grow with s: a fall that comes in steps may be liquidated
 * away where a smaller one lingers. So (5) is searched from below on an even grid and bisected only between the last
 * severity that held and the first that broke; what breaks and heals within one step of the grid is not seen.
 *
 * <p>Source: docs/models/stress-tests.md, equations 4 and 5.
 */
public final class ReverseStress {

    /** Steps of the grid: a fall is looked at every 2.5 %. */
    private static final int GRID = 40;

    /** Bisection ends where the bracket is a hundredth of a percent of today's price. */
    private static final double TOLERANCE = 1e-4;

    private final int assets;
    private final Course course;
    private final ToDoubleFunction<PathSource> badDebt;

    /** Severities are tried on the book behind {@code badDebt}, each arriving as {@code course} says. */
    public ReverseStress(int assets, Course course, ToDoubleFunction<PathSource> badDebt) {
        this.assets = assets;
        this.course = course;
        this.badDebt = badDebt;
    }

    /** All struck assets move by the same severity. */
    public Answer common(boolean[] struck, Direction direction, double budget) {
        if (struck.length != assets) {
            throw new IllegalArgumentException(
                    "struck names another number of assets: found=%d assets=%d".formatted(struck.length, assets));
        }
        var lastThatHeld = 0.0;
        var loss = 0.0;
        for (var i = 1; i <= GRID; i++) {
            var severity = direction.mostSeverity() * i / GRID;
            loss = loss(struck, direction, severity);
            if (loss > budget) {
                return bisect(struck, direction, budget, lastThatHeld, new Answer.Breaks(severity, loss));
            }
            lastThatHeld = severity;
        }
        return new Answer.Holds(direction.mostSeverity(), loss);
    }

    /** Each asset alone, all others standing still. */
    public List<Answer> eachAlone(Direction direction, double budget) {
        return IntStream.range(0, assets)
                .mapToObj(asset -> {
                    var struck = new boolean[assets];
                    struck[asset] = true;
                    return common(struck, direction, budget);
                })
                .toList();
    }

    private Answer bisect(boolean[] struck, Direction direction, double budget, double held, Answer.Breaks broke) {
        var low = held;
        var high = broke;
        while (high.severity() - low > TOLERANCE) {
            var middle = 0.5 * (low + high.severity());
            var loss = loss(struck, direction, middle);
            if (loss > budget) {
                high = new Answer.Breaks(middle, loss);
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double loss(boolean[] struck, Direction direction, double severity) {
        var factors = new double[assets];
        Arrays.fill(factors, 1);
        for (var asset = 0; asset < assets; asset++) {
            if (struck[asset]) {
                factors[asset] = direction.factor(severity);
            }
        }
        return badDebt.applyAsDouble(HypotheticalShock.of(factors, course));
    }

    /** Where a shock takes the price. */
    public enum Direction {
        /** Down to nothing: what collateral fears. */
        FALL,
        /** Up to four times today's price: what a borrowed asset fears. */
        SQUEEZE;

        double mostSeverity() {
            return this == FALL ? 1 : 3;
        }

        double factor(double severity) {
            return this == FALL ? 1 - severity : 1 + severity;
        }
    }

    /** What was found. */
    public sealed interface Answer {

        /**
         * The budget breaks here.
         *
         * @param severity the smallest found, within a hundredth of a percent
         * @param badDebt at that severity
         */
        record Breaks(double severity, double badDebt) implements Answer {}

        /**
         * No severity breaks it.
         *
         * @param mostSeverity the largest tried
         * @param badDebt at that severity
         */
        record Holds(double mostSeverity, double badDebt) implements Answer {}
    }
}

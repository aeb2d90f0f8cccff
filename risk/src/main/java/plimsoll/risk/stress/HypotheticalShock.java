package plimsoll.risk.stress;

import java.util.Arrays;
import java.util.List;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;

/**
 * What if each asset's price became this multiple of today's?
 *
 * <pre>
 * immediate: R(asset, k) = F(asset)                                                          (2)
 * linear:    R(asset, k) = 1 + (F(asset) − 1)·min(1, (k + 1)/m)                              (3)
 * </pre>
 *
 * F: the factor, 0.8 for a fall of a fifth, above 1 for a squeeze; m: the steps in which a linear shock arrives. After it
 * the price stays where it is for the rest of the n steps: whoever waits for a rebound waits in vain.
 *
 * <p>Source: docs/models/stress-tests.md, equations 2 and 3.
 */
public final class HypotheticalShock implements PathSource {

    /**
     * What a worthless token still costs. Not zero: a liquidator takes a value divided by the price, and at zero there
     * would be no amount of tokens to take.
     */
    public static final double WORTHLESS = 1e-12;

    private final KnownPaths path;

    private HypotheticalShock(KnownPaths path) {
        this.path = path;
    }

    /** One factor for each asset, in the order of the book's assets. */
    public static HypotheticalShock of(double[] factors, Course course) {
        if (factors.length == 0) {
            throw new IllegalArgumentException("a shock needs an asset");
        }
        var path = new double[factors.length][course.steps()];
        for (var asset = 0; asset < factors.length; asset++) {
            if (!(factors[asset] >= 0) || Double.isInfinite(factors[asset])) {
                throw new IllegalArgumentException("a price cannot become this multiple of itself: factor=%s asset=%d"
                        .formatted(factors[asset], asset));
            }
            for (var k = 0; k < course.steps(); k++) {
                var arrived = course.arrived(k);
                var price = arrived < 1 ? 1 + (factors[asset] - 1) * arrived : factors[asset];
                path[asset][k] = Math.max(WORTHLESS, price);
            }
        }
        return new HypotheticalShock(new KnownPaths(List.<double[][]>of(path)));
    }

    /**
     * A collateral, its issuer or its bridge fails: its price is the recovery at once and stays there, all others stand.
     *
     * @param recovery what a token is still worth, a share of today's price in [0, 1]; 0 is loss if worthless
     */
    public static HypotheticalShock jumpToDefault(int assets, int defaulted, double recovery, int steps) {
        if (!(recovery >= 0 && recovery <= 1)) {
            throw new IllegalArgumentException("recovery is out of range: found=" + recovery + " allowed=[0, 1]");
        }
        return of(single(assets, defaulted, recovery), Course.immediate(steps));
    }

    /** One asset moves, all others stand. */
    public static double[] single(int assets, int struck, double factor) {
        var factors = new double[assets];
        Arrays.fill(factors, 1);
        factors[struck] = factor;
        return factors;
    }

    @Override
    public int assets() {
        return path.assets();
    }

    @Override
    public int steps() {
        return path.steps();
    }

    @Override
    public int paths() {
        return 1;
    }

    @Override
    public void fill(int block, PathBlock out) {
        path.fill(block, out);
    }

    /** P(step)/P(0) of one asset. */
    public double price(int asset, int step) {
        return path.price(0, asset, step);
    }

    /**
     * How a shock arrives.
     *
     * @param arrival steps until it is there in full: 1 is at once, more is a straight line
     * @param steps all steps, so that liquidations after the arrival count too
     */
    public record Course(int arrival, int steps) {

        public Course {
            if (arrival < 1 || steps < arrival) {
                throw new IllegalArgumentException(
                        "a shock arrives within its steps: arrival=" + arrival + " steps=" + steps);
            }
        }

        public static Course immediate(int steps) {
            return new Course(1, steps);
        }

        public static Course linear(int arrival, int steps) {
            return new Course(arrival, steps);
        }

        /** The share of the shock that has arrived with step k. */
        double arrived(int k) {
            return Math.min(1, (k + 1.0) / arrival);
        }
    }
}

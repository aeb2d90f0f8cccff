package plimsoll.risk.simulation;

import java.io.Serializable;

/**
 * What does selling cost, and how far does it push the price?
 *
 * <pre>
 * a(x)        average loss of a sale of base value x against the price before it: the quotes, linear between them  (1)
 * C(x)      = x·a(x)                          what selling x loses in all                                            (2)
 * C(Q+S) − C(Q)                               what selling S more loses while Q presses on the price already         (3)
 * </pre>
 *
 * a starts at a(0) = 0 and goes on with its last slope beyond the largest quote, up to {@link #WORST}. It never falls:
 * a larger sale is never cheaper on average.
 *
 * <p>Source: docs/models/market-simulation.md, equations 4 to 6.
 */
public final class SaleImpact implements Serializable {

    /** Nothing costs nothing: for tests, and for assets that nobody needs to sell. */
    public static final SaleImpact NONE = new SaleImpact(new double[] {1}, new double[] {0});

    /** No more than this of the value is ever lost on average: somebody bids the rest. */
    public static final double WORST = 0.95;

    private static final long serialVersionUID = 1;

    private final double[] sizes;
    private final double[] averages;

    private SaleImpact(double[] sizes, double[] averages) {
        this.sizes = sizes;
        this.averages = averages;
    }

    /** One point and a straight line: selling this base value loses this share on average. */
    public static SaleImpact linear(double size, double average) {
        return of(new double[] {size}, new double[] {average});
    }

    /**
     * Quotes by ascending size; an average that falls is lifted to the one before it.
     *
     * @param sizes sold, in base value
     * @param averages lost, as fractions of it
     */
    public static SaleImpact of(double[] sizes, double[] averages) {
        if (sizes.length == 0 || sizes.length != averages.length) {
            throw new IllegalArgumentException(
                    "quotes do not fit: sizes=%d averages=%d".formatted(sizes.length, averages.length));
        }
        var lifted = averages.clone();
        for (var i = 0; i < sizes.length; i++) {
            if (!(sizes[i] > (i == 0 ? 0 : sizes[i - 1]))) {
                throw new IllegalArgumentException("quotes are not by ascending size: found=" + sizes[i]);
            }
            if (!(averages[i] >= 0 && averages[i] <= WORST)) {
                throw new IllegalArgumentException(
                        "average loss is out of range: found=" + averages[i] + " allowed=[0, " + WORST + "]");
            }
            lifted[i] = Math.max(lifted[i], i == 0 ? 0 : lifted[i - 1]);
        }
        return new SaleImpact(sizes.clone(), lifted);
    }

    /** a(x): equation 1. */
    public double average(double size) {
        if (size <= 0) {
            return 0;
        }
        var last = sizes.length - 1;
        var k = 0;
        while (k < last && sizes[k] < size) {
            k++;
        }
        var fromSize = k == 0 ? 0 : sizes[k - 1];
        var from = k == 0 ? 0 : averages[k - 1];
        var slope = (averages[k] - from) / (sizes[k] - fromSize);
        return Math.min(WORST, from + slope * (size - fromSize));
    }

    /** C(Q + S) − C(Q): equation 3. */
    public double cost(double pressure, double size) {
        var all = pressure + size;
        return all * average(all) - pressure * average(pressure);
    }

    /** The largest sale whose average loss stays within a bound; infinite where no sale reaches it. */
    public double sizeWithin(double average) {
        if (average >= WORST) {
            return Double.POSITIVE_INFINITY;
        }
        var fromSize = 0.0;
        var from = 0.0;
        var slope = 0.0;
        for (var k = 0; k < sizes.length; k++) {
            slope = (averages[k] - from) / (sizes[k] - fromSize);
            if (averages[k] > average) {
                return fromSize + (average - from) / slope;
            }
            fromSize = sizes[k];
            from = averages[k];
        }
        return slope == 0 ? Double.POSITIVE_INFINITY : fromSize + (average - from) / slope;
    }

    /** The same curve for a market this many times as deep. */
    public SaleImpact deepened(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("depth factor is not positive: found=" + factor);
        }
        var scaled = new double[sizes.length];
        for (var i = 0; i < sizes.length; i++) {
            scaled[i] = sizes[i] * factor;
        }
        return new SaleImpact(scaled, averages);
    }
}

package plimsoll.risk.liquidity;

/**
 * What does a constant-product pool pay? It keeps x·y when x units of what is sold and y of what is bought lie in it,
 * and takes a fee f of what comes in:
 *
 * <pre>
 * out(s) = y·(1 − f)s/(x + (1 − f)s),   i(s) = (1 − f)s/(x + (1 − f)s),   D(i) = x/(1 − f)·i/(1 − i)   (5)
 * </pre>
 *
 * Source: docs/models/price-impact.md, equation 5.
 *
 * @param sold units of the sold asset in the pool
 * @param bought units of the other
 * @param fee a fraction of what comes in
 */
public record ConstantProduct(double sold, double bought, double fee) {

    public ConstantProduct {
        if (!(sold > 0) || !(bought > 0) || !(fee >= 0 && fee < 1)) {
            throw new IllegalArgumentException("pool cannot be: sold=%s bought=%s fee=%s".formatted(sold, bought, fee));
        }
    }

    public double amountOut(double size) {
        var in = (1 - fee) * size;
        return bought * in / (sold + in);
    }

    /** The average loss against a very small sale, which pays the fee too. */
    public double impactOf(double size) {
        var in = (1 - fee) * size;
        return in / (sold + in);
    }

    public double sizeWithin(double impact) {
        return impact >= 1
                ? Double.POSITIVE_INFINITY
                : sold / (1 - fee) * Math.max(0, impact) / (1 - Math.max(0, impact));
    }
}

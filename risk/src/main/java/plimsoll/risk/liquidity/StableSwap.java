package plimsoll.risk.liquidity;

/**
 * What does a StableSwap pool pay? With n balances x_j, worth about the same each, and amplification A as the contract
 * stores it, it keeps D:
 *
 * <pre>
 * A·n·Σx_j + D = A·n·D + D^{n+1}/(nⁿ·Πx_j)                                                           (6)
 * out(s) = (1 − f)·(x_b − y),  y what (6) leaves of the bought asset when x_a + s lie in the pool     (7)
 * </pre>
 *
 * f: fee on what goes out. D and y are found by Newton's method, as the contract does, in double instead of integers.
 *
 * <p>Source: docs/models/price-impact.md, equations 6 and 7; Egorov, StableSwap (2019).
 */
public final class StableSwap {

    private static final int MOST_STEPS = 255;
    private static final double TOLERANCE = 1e-15;
    /** Of the smallest balance: a sale so small that its price is the marginal one to ten digits. */
    private static final double SMALL_SALE = 1e-6;

    private final double amplified;
    private final double[] balances;
    private final double fee;
    private final double invariant;

    /**
     * @param amplification A as the contract returns it
     * @param fee a fraction of what goes out
     * @param balances in one unit: scaled to the same decimals, and by rates where the pool has them
     */
    public StableSwap(double amplification, double fee, double... balances) {
        if (balances.length < 2 || !(amplification > 0) || !(fee >= 0 && fee < 1)) {
            throw new IllegalArgumentException("pool cannot be: balances=%d amplification=%s fee=%s"
                    .formatted(balances.length, amplification, fee));
        }
        for (var balance : balances) {
            if (!(balance > 0) || Double.isInfinite(balance)) {
                throw new IllegalArgumentException("balance is not positive: found=" + balance);
            }
        }
        amplified = amplification * balances.length;
        this.balances = balances.clone();
        this.fee = fee;
        invariant = solveInvariant();
    }

    /** D of equation 6: what the pool would hold in all if its balances were equal. */
    public double invariant() {
        return invariant;
    }

    /** What a sale of one asset into the pool fetches of another. */
    public double amountOut(int sold, int bought, double size) {
        if (sold == bought) {
            throw new IllegalArgumentException("asset is sold for itself: index=" + sold);
        }
        return size <= 0 ? 0 : (1 - fee) * (balances[bought] - remaining(sold, bought, balances[sold] + size));
    }

    /** What a very small sale fetches for each unit. */
    public double price(int sold, int bought) {
        var size = SMALL_SALE * Math.min(balances[sold], balances[bought]);
        return amountOut(sold, bought, size) / size;
    }

    /** The average loss against a very small sale. */
    public double impactOf(int sold, int bought, double size) {
        return size <= 0 ? 0 : Math.max(0, 1 - amountOut(sold, bought, size) / size / price(sold, bought));
    }

    private double solveInvariant() {
        var sum = 0.0;
        for (var balance : balances) {
            sum += balance;
        }
        var n = balances.length;
        var d = sum;
        for (var step = 0; step < MOST_STEPS; step++) {
            var product = d;
            for (var balance : balances) {
                product *= d / (n * balance);
            }
            var next = (amplified * sum + n * product) * d / ((amplified - 1) * d + (n + 1) * product);
            if (Math.abs(next - d) <= TOLERANCE * d) {
                return next;
            }
            d = next;
        }
        return d;
    }

    /** y with y² + (S′ + D/(A·n) − D)·y = D^{n+1}/(nⁿ·Π′·A·n); S′ and Π′ are over the others. */
    private double remaining(int sold, int bought, double newSold) {
        var n = balances.length;
        var others = 0.0;
        var c = invariant;
        for (var j = 0; j < n; j++) {
            if (j != bought) {
                var balance = j == sold ? newSold : balances[j];
                others += balance;
                c *= invariant / (n * balance);
            }
        }
        c *= invariant / (n * amplified);
        var b = others + invariant / amplified;
        var y = invariant;
        for (var step = 0; step < MOST_STEPS; step++) {
            var next = (y * y + c) / (2 * y + b - invariant);
            if (Math.abs(next - y) <= TOLERANCE * y) {
                return next;
            }
            y = next;
        }
        return y;
    }
}

package plimsoll.risk.volatility;

/**
 * The conditional variance, one observation at a time, with its first and second derivatives by every parameter.
 * The state s is h itself or, where {@link #isLogarithmic()}, ln h. Only the lower triangle of second derivatives is kept.
 */
abstract sealed class VarianceRecursion permits GarchRecursion, EgarchRecursion {

    final int n;
    /** h or ln h of the current observation. */
    double s;
    /** ∂s/∂θ_i */
    final double[] first;
    /** ∂²s/∂θ_i∂θ_j for j ≤ i */
    final double[][] second;

    final double[] before;

    VarianceRecursion(int n) {
        this.n = n;
        first = new double[n];
        before = new double[n];
        second = new double[n][n];
    }

    static VarianceRecursion of(GarchSpecification specification) {
        return switch (specification.variance()) {
            case GARCH, GJR -> new GarchRecursion(specification);
            case EGARCH -> new EgarchRecursion(specification);
        };
    }

    /** Moves to these parameters and to the first observation; the order of derivatives wanted is 0, 1 or 2. */
    abstract void start(double[] theta, double[] returns, int order);

    /** Moves on from an observation with residual e. */
    abstract void advance(double e);

    abstract boolean isLogarithmic();

    final void clear() {
        java.util.Arrays.fill(first, 0);
        for (var row : second) {
            java.util.Arrays.fill(row, 0);
        }
    }
}

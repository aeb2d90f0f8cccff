package plimsoll.risk.volatility;

/**
 * The conditional variance of all observations, with what its parameters do to it. The state s is h itself or, where
 * {@link #isLogarithmic()}, ln h, and moves by s_{t+1} = F(θ, s_t, e_t).
 *
 * <p>Columns: index 0 is before the sample, observations are 1 to size, size + 1 is the period after the last. Gradients run
 * backwards: the adjoint λ_t = ∂L/∂s_t obeys λ_t = l_s(t) + F_s(t)·λ_{t+1}, and ∂L/∂θ = Σ λ_{t+1}·F_θ(t), so that a
 * gradient costs one sweep whatever the number of parameters. For the Hessian, first derivatives run forwards and every
 * second-order term F_ij(t) is weighted by λ_{t+1}: no second derivative of a state is ever stored.
 */
abstract sealed class VarianceRecursion permits GarchRecursion, EgarchRecursion {

    final int n;
    final int size;
    /** s_t, from before the sample to the period after it */
    final double[] state;

    VarianceRecursion(int n, int size) {
        this.n = n;
        this.size = size;
        state = new double[size + 2];
    }

    static VarianceRecursion of(GarchSpecification specification, int size) {
        return switch (specification.variance()) {
            case GARCH, GJR -> new GarchRecursion(specification, size);
            case EGARCH -> new EgarchRecursion(specification, size);
        };
    }

    /** Fills states and precisions 1/h from residuals; e[0] is their mean. */
    abstract void run(double[] theta, double[] e, double[] precision);

    /** Σ ln h over observations; NaN where an h is not a positive number. */
    abstract double sumOfLogVariances();

    /** Turns l_s (index 0 holds 0) into λ, and adds Σ λ·F_θ to the gradient. */
    abstract void sweepBack(double[] e, double[] adjoint, double[] gradient);

    /** ∂s_t/∂θ_i by parameter and t, from 0 to size. */
    abstract void sensitivities(double[] e, double[][] first);

    /** Adds Σ λ_{t+1}·F_ij(t) to the lower triangle. */
    abstract void addCurvature(double[] e, double[] adjoint, double[][] first, double[][] hessian);

    abstract boolean isLogarithmic();
}

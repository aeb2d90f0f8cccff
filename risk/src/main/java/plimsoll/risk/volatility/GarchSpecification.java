package plimsoll.risk.volatility;

/**
 * Which conditional variance, and which distribution of its standardised innovations.
 *
 * <p>Parameters are numbered μ, ω, α, β, then γ where the model has it, then ν and λ
 * where the innovations have them.
 */
public record GarchSpecification(Variance variance, Innovations innovations) {

    static final int MU = 0;
    static final int OMEGA = 1;
    static final int ALPHA = 2;
    static final int BETA = 3;
    static final int GAMMA = 4;

    public static final GarchSpecification GARCH_NORMAL = new GarchSpecification(Variance.GARCH, Innovations.NORMAL);
    public static final GarchSpecification GARCH_T = new GarchSpecification(Variance.GARCH, Innovations.STUDENT_T);

    int parameters() {
        return firstShape() + (hasNu() ? 1 : 0) + (hasLambda() ? 1 : 0);
    }

    boolean hasGamma() {
        return variance != Variance.GARCH;
    }

    boolean hasNu() {
        return innovations != Innovations.NORMAL;
    }

    boolean hasLambda() {
        return innovations == Innovations.SKEWED_T;
    }

    /** Where the parameters of the innovations begin. */
    int firstShape() {
        return hasGamma() ? GAMMA + 1 : GAMMA;
    }

    /** The number of ν; only where {@link #hasNu()}. */
    int nu() {
        return firstShape();
    }

    /** The number of λ; only where {@link #hasLambda()}. */
    int lambda() {
        return firstShape() + 1;
    }

    /** The equation of the conditional variance h. */
    public enum Variance {
        /** h_t = ω + α·e²_{t−1} + β·h_{t−1} */
        GARCH,
        /** h_t = ω + (α + γ·1[e_{t−1} < 0])·e²_{t−1} + β·h_{t−1} */
        GJR,
        /** ln h_t = ω + γ·z_{t−1} + α·(|z_{t−1}| − E|z|) + β·ln h_{t−1}, z = e/√h */
        EGARCH
    }

    /** The distribution of z = e/√h, with mean 0 and variance 1. */
    public enum Innovations {
        NORMAL,
        STUDENT_T,
        /** Hansen's: {@link SkewedStudentT} */
        SKEWED_T
    }
}

package plimsoll.risk.dependence;

import java.util.Optional;

/**
 * A fitted copula.
 *
 * @param rows how many rows it was fitted to
 * @param shrinkage the share by which correlations from ranks were moved towards zero; 0 where they were estimated
 * @param repair why correlations from ranks had to be moved to possible ones, where they had
 */
public record CopulaFit(
        TCopula copula,
        double logLikelihood,
        int rows,
        Method method,
        double shrinkage,
        Optional<String> repair,
        Optional<StandardErrors> standardErrors,
        boolean isConverged) {

    /** Up to here all correlations are searched at once; their number grows with the square. */
    public static final int MOST_JOINT_ASSETS = 6;

    /** How the correlations were found. */
    public enum Method {
        /** Together with ν, by maximum likelihood. */
        JOINT,
        /** From Kendall's τ, shrunk; ν by maximum likelihood given them. */
        RANKS
    }

    /** Roots of the diagonal of the inverse observed information, which takes the ranks for the true margins. */
    public static final class StandardErrors {

        private final double[][] correlation;
        private final double nu;

        StandardErrors(double[][] correlation, double nu) {
            this.correlation = correlation;
            this.nu = nu;
        }

        /** Of the correlation of two assets; zero where correlations came from ranks. */
        public double correlation(int i, int j) {
            return correlation[i][j];
        }

        /** Of ν; zero where it was not estimated. */
        public double nu() {
            return nu;
        }
    }
}

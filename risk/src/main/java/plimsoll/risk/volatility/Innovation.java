package plimsoll.risk.volatility;

import plimsoll.risk.strict.SpecialFunctions;

/**
 * The part φ(q, ν) of an observation's log likelihood that depends on q = e²/h: l = −½ ln h + φ(q, ν).
 *
 * <pre>
 * normal     φ = −½ ln 2π − ½ q
 * Student-t  φ = ln Γ((ν+1)/2) − ln Γ(ν/2) − ½ ln(π(ν−2)) − ½(ν+1) · ln(1 + q/(ν−2)),   ν > 2
 * </pre>
 *
 * The t is scaled to variance 1. Source: docs/models/garch.md, equations 4 and 5.
 */
sealed interface Innovation {

    /** Moves to this ν; no effect on the normal. */
    void at(double nu);

    /** Sum of φ over observations, given Π over observations of {@link #logArgument}, as its logarithm, and Σ q. */
    double total(int observations, double sumOfLogs, double sumOfSquares);

    /** Sum over observations of ∂φ/∂ν, from the same sum of logs and the sum of {@link #nuTail}. */
    double totalNu(int observations, double sumOfLogs, double sumOfTails);

    /** The number whose logarithm enters φ, 1 where none does: products of many cost one logarithm. */
    double logArgument(double q);

    double nuTail(double q);

    double dq(double q);

    double dqq(double q);

    double dnu(double q);

    double dqnu(double q);

    double dnunu(double q);

    static Innovation of(GarchSpecification.Innovations innovations) {
        return switch (innovations) {
            case NORMAL -> new Normal();
            case STUDENT_T -> new StudentT();
        };
    }

    /** Standard normal innovations. */
    final class Normal implements Innovation {

        private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

        @Override
        public void at(double nu) {}

        @Override
        public double total(int observations, double sumOfLogs, double sumOfSquares) {
            return -observations * HALF_LOG_TWO_PI - sumOfSquares / 2;
        }

        @Override
        public double totalNu(int observations, double sumOfLogs, double sumOfTails) {
            return 0;
        }

        @Override
        public double logArgument(double q) {
            return 1;
        }

        @Override
        public double nuTail(double q) {
            return 0;
        }

        @Override
        public double dq(double q) {
            return -0.5;
        }

        @Override
        public double dqq(double q) {
            return 0;
        }

        @Override
        public double dnu(double q) {
            return 0;
        }

        @Override
        public double dqnu(double q) {
            return 0;
        }

        @Override
        public double dnunu(double q) {
            return 0;
        }
    }

    /** Student-t innovations scaled to variance 1. */
    final class StudentT implements Innovation {

        private double m;
        private double half;
        private double constant;
        private double constantNu;
        private double constantNuNu;

        @Override
        public void at(double nu) {
            m = nu - 2;
            half = (nu + 1) / 2;
            constant = SpecialFunctions.logGamma(half)
                    - SpecialFunctions.logGamma(nu / 2)
                    - StrictMath.log(Math.PI * m) / 2;
            constantNu = (SpecialFunctions.digamma(half) - SpecialFunctions.digamma(nu / 2) - 1 / m) / 2;
            constantNuNu = (SpecialFunctions.trigamma(half) - SpecialFunctions.trigamma(nu / 2)) / 4 + 1 / (2 * m * m);
        }

        @Override
        public double total(int observations, double sumOfLogs, double sumOfSquares) {
            return observations * constant - half * sumOfLogs;
        }

        @Override
        public double totalNu(int observations, double sumOfLogs, double sumOfTails) {
            return observations * constantNu - sumOfLogs / 2 + half * sumOfTails;
        }

        @Override
        public double logArgument(double q) {
            return 1 + q / m;
        }

        @Override
        public double nuTail(double q) {
            return q / (m * (m + q));
        }

        @Override
        public double dq(double q) {
            return -half / (m + q);
        }

        @Override
        public double dqq(double q) {
            return half / ((m + q) * (m + q));
        }

        @Override
        public double dnu(double q) {
            return constantNu - StrictMath.log1p(q / m) / 2 + half * nuTail(q);
        }

        @Override
        public double dqnu(double q) {
            return -0.5 / (m + q) + half / ((m + q) * (m + q));
        }

        @Override
        public double dnunu(double q) {
            var tail = nuTail(q);
            return constantNuNu + tail - half * tail * (2 * m + q) / (m * (m + q));
        }
    }
}

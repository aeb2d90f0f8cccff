package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

import plimsoll.risk.strict.SpecialFunctions;

/**
 * ln h_t = ω + γ·z_{t−1} + α·(|z_{t−1}| − E|z|) + β·ln h_{t−1}, z = e/√h.
 * Before the sample, h₀ = mean(e²) and z₀ = mean(e)/√h₀ at the current μ, differentiated as such.
 * E|z| is √(2/π) for the normal and √((ν−2)/π)·Γ((ν−1)/2)/Γ(ν/2) for the t scaled to variance 1.
 * Source: docs/models/garch.md, equations 3 and 6.
 */
final class EgarchRecursion extends VarianceRecursion {

    private final GarchSpecification specification;
    private final double[] dz;
    private int order;
    private double omega;
    private double alpha;
    private double gamma;
    private double beta;
    private double meanSize = Math.sqrt(2 / Math.PI);
    private double meanSizeNu;
    private double meanSizeNuNu;

    EgarchRecursion(GarchSpecification specification) {
        super(specification.parameters());
        this.specification = specification;
        dz = new double[n];
    }

    @Override
    boolean isLogarithmic() {
        return true;
    }

    @Override
    void start(double[] theta, double[] returns, int order) {
        this.order = order;
        omega = theta[OMEGA];
        alpha = theta[ALPHA];
        beta = theta[BETA];
        gamma = theta[GAMMA];
        if (specification.hasNu()) {
            setMeanSize(theta[specification.nu()]);
        }
        var sum = 0.0;
        var squares = 0.0;
        for (var r : returns) {
            var e = r - theta[MU];
            sum += e;
            squares += e * e;
        }
        var mean = sum / returns.length;
        var presample = squares / returns.length;
        s = StrictMath.log(presample);
        clear();
        first[MU] = -2 * mean / presample;
        second[MU][MU] = 2 / presample - first[MU] * first[MU];
        advance(mean);
    }

    @Override
    void advance(double e) {
        var w = StrictMath.exp(-s / 2);
        var z = e * w;
        var slope = gamma + (z < 0 ? -alpha : alpha);
        if (order >= 1) {
            System.arraycopy(first, 0, before, 0, n);
            for (var i = 0; i < n; i++) {
                dz[i] = -z / 2 * before[i];
            }
            dz[MU] -= w;
            for (var i = 0; i < n; i++) {
                first[i] = slope * dz[i] + beta * before[i];
            }
            first[OMEGA] += 1;
            first[ALPHA] += Math.abs(z) - meanSize;
            first[BETA] += s;
            first[GAMMA] += z;
            if (specification.hasNu()) {
                first[specification.nu()] -= alpha * meanSizeNu;
            }
        }
        if (order >= 2) {
            advanceSecond(z, w, slope);
        }
        s = omega + gamma * z + alpha * (Math.abs(z) - meanSize) + beta * s;
    }

    private void advanceSecond(double z, double w, double slope) {
        var sign = z < 0 ? -1 : 1;
        for (var i = 0; i < n; i++) {
            for (var j = 0; j <= i; j++) {
                var zij = z / 4 * before[i] * before[j] - z / 2 * second[i][j];
                if (j == MU) {
                    zij += w / 2 * (i == MU ? 2 * before[i] : before[i]);
                }
                second[i][j] = slope * zij + beta * second[i][j] + throughState(i, j, sign) + throughState(j, i, sign);
            }
        }
        if (specification.hasNu()) {
            var nu = specification.nu();
            second[nu][ALPHA] -= meanSizeNu;
            second[nu][nu] -= alpha * meanSizeNuNu;
        }
    }

    /** How parameter i moves what parameter j multiplies: z for γ, |z| for α, the last ln h for β. */
    private double throughState(int i, int j, int sign) {
        return switch (j) {
            case ALPHA -> sign * dz[i];
            case BETA -> before[i];
            case GAMMA -> dz[i];
            default -> 0;
        };
    }

    /** E|z| at these parameters. */
    static double meanSize(GarchSpecification specification, double[] theta) {
        var recursion = new EgarchRecursion(specification);
        if (specification.hasNu()) {
            recursion.setMeanSize(theta[specification.nu()]);
        }
        return recursion.meanSize;
    }

    private void setMeanSize(double nu) {
        var m = nu - 2;
        meanSize = Math.sqrt(m / Math.PI)
                * StrictMath.exp(SpecialFunctions.logGamma((nu - 1) / 2) - SpecialFunctions.logGamma(nu / 2));
        var logSlope = (1 / m + SpecialFunctions.digamma((nu - 1) / 2) - SpecialFunctions.digamma(nu / 2)) / 2;
        var logCurvature =
                -1 / (2 * m * m) + (SpecialFunctions.trigamma((nu - 1) / 2) - SpecialFunctions.trigamma(nu / 2)) / 4;
        meanSizeNu = meanSize * logSlope;
        meanSizeNuNu = meanSize * (logSlope * logSlope + logCurvature);
    }
}

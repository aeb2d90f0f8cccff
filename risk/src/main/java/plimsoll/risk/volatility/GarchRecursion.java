package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

/**
 * h_t = ω + (α + γ·1[e_{t−1} < 0])·e²_{t−1} + β·h_{t−1}; GARCH(1,1) has no γ.
 * Before the sample, h₀ and e₀² are mean(e²) and the negative part is mean(e²·1[e < 0]), all at the current μ, and are
 * differentiated as such. Source: docs/models/garch.md, equations 1, 2 and 6.
 */
final class GarchRecursion extends VarianceRecursion {

    private final boolean asymmetric;
    private int order;
    private double omega;
    private double alpha;
    private double gamma;
    private double beta;

    GarchRecursion(GarchSpecification specification) {
        super(specification.parameters());
        asymmetric = specification.hasGamma();
    }

    @Override
    boolean isLogarithmic() {
        return false;
    }

    @Override
    void start(double[] theta, double[] returns, int order) {
        this.order = order;
        omega = theta[OMEGA];
        alpha = theta[ALPHA];
        beta = theta[BETA];
        gamma = asymmetric ? theta[GAMMA] : 0;
        var sum = 0.0;
        var squares = 0.0;
        var negativeCount = 0;
        var negativeSum = 0.0;
        var negativeSquares = 0.0;
        for (var r : returns) {
            var e = r - theta[MU];
            sum += e;
            squares += e * e;
            if (e < 0) {
                negativeCount++;
                negativeSum += e;
                negativeSquares += e * e;
            }
        }
        var size = returns.length;
        var presample = squares / size;
        var negative = negativeSquares / size;
        s = omega + (alpha + beta) * presample + gamma * negative;
        if (order == 0) {
            return;
        }
        clear();
        var presampleMu = -2 * sum / size;
        var negativeMu = -2 * negativeSum / size;
        first[MU] = (alpha + beta) * presampleMu + gamma * negativeMu;
        first[OMEGA] = 1;
        first[ALPHA] = presample;
        first[BETA] = presample;
        second[MU][MU] = 2 * (alpha + beta) + gamma * 2 * negativeCount / size;
        second[ALPHA][MU] = presampleMu;
        second[BETA][MU] = presampleMu;
        if (asymmetric) {
            first[GAMMA] = negative;
            second[GAMMA][MU] = negativeMu;
        }
    }

    @Override
    void advance(double e) {
        var news = asymmetric && e < 0 ? alpha + gamma : alpha;
        var square = e * e;
        if (order >= 2) {
            System.arraycopy(first, 0, before, 0, n);
            advanceSecond(e, news);
        }
        if (order >= 1) {
            for (var i = 0; i < n; i++) {
                first[i] *= beta;
            }
            first[MU] -= 2 * news * e;
            first[OMEGA] += 1;
            first[ALPHA] += square;
            first[BETA] += s;
            if (asymmetric && e < 0) {
                first[GAMMA] += square;
            }
        }
        s = omega + news * square + beta * s;
    }

    private void advanceSecond(double e, double news) {
        for (var i = 0; i < n; i++) {
            var row = second[i];
            for (var j = 0; j <= i; j++) {
                row[j] *= beta;
            }
        }
        for (var i = 0; i < n; i++) {
            if (i < BETA) {
                second[BETA][i] += before[i];
            } else {
                second[i][BETA] += i == BETA ? 2 * before[i] : before[i];
            }
        }
        second[MU][MU] += 2 * news;
        second[ALPHA][MU] -= 2 * e;
        if (asymmetric && e < 0) {
            second[GAMMA][MU] -= 2 * e;
        }
    }
}

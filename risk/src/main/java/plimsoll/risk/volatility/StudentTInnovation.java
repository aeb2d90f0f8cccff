package plimsoll.risk.volatility;

/** φ = ψ(z², ν), the t scaled to variance 1. Source: docs/models/garch.md, equation 5. */
final class StudentTInnovation implements Innovation {

    private final TShape shape = new TShape();
    /** m + z² */
    private final double[] denominator;

    StudentTInnovation(int size) {
        denominator = new double[size + 1];
    }

    @Override
    public void at(double[] theta, int firstShape) {
        shape.at(theta[firstShape]);
    }

    @Override
    public double slopes(int size, double[] e, double[] precision, double[] slope, double[] gradient, int firstShape) {
        var m = shape.m;
        var factor = -2 * shape.half;
        for (var t = 1; t <= size; t++) {
            var ep = e[t] * precision[t];
            var d = m + e[t] * ep;
            denominator[t] = d;
            slope[t] = factor * ep / d;
        }
        var logs = Columns.sumOfLogs(denominator, 1, size);
        // Σ z²/(m + z²) = Σ e·slope / −(ν + 1)
        var shares = Columns.dot(slope, 1, e, 1, size) / factor;
        gradient[firstShape] += shape.totalNu(size, logs, shares);
        return shape.total(size, logs);
    }

    @Override
    public void curvatures(int size, double[] e, double[] precision, Curvature out) {
        var slopes = out.shapeSlope[0];
        var cross = out.shapeCross[0];
        var sum = 0.0;
        for (var t = 1; t <= size; t++) {
            var q = e[t] * e[t] * precision[t];
            var d = denominator[t];
            // φ_zz = 2ψ_Q + 4Qψ_QQ
            out.curve[t] = 2 * shape.half * (2 * q / d - 1) / d;
            slopes[t] = shape.byNu(q);
            cross[t] = 2 * e[t] * precision[t] * shape.byQNu(q);
            sum += shape.byNuNu(q);
        }
        out.shapeSums[0][0] = sum;
    }
}

package plimsoll.risk.volatility;

import java.util.Arrays;

/** φ = −½ ln 2π − ½ z². Source: docs/models/garch.md, equation 4. */
final class NormalInnovation implements Innovation {

    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

    @Override
    public void at(double[] theta, int firstShape) {}

    @Override
    public double slopes(int size, double[] e, double[] precision, double[] slope, double[] gradient, int firstShape) {
        for (var t = 1; t <= size; t++) {
            slope[t] = -e[t] * precision[t];
        }
        return -size * HALF_LOG_TWO_PI + Columns.dot(slope, 1, e, 1, size) / 2;
    }

    @Override
    public void curvatures(int size, double[] e, double[] precision, Curvature out) {
        Arrays.fill(out.curve, -1);
    }
}

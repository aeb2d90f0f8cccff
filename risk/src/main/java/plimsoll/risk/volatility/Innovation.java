package plimsoll.risk.volatility;

/**
 * The part φ of an observation's log likelihood that depends on its standardised innovation z = e·w, w = 1/√h, and on
 * shape parameters: l = −½ ln h + φ(z; ν, λ). Mean 0 and variance 1 whatever the shape.
 *
 * <p>It works on whole columns, one call for all observations: index 0 of a column is before the sample, observations are
 * 1 to size. Each asks for precision p = 1/h, so that only distributions that need w take a root.
 * Source: docs/models/garch.md, equations 4 and 5, and docs/models/skewed-t.md.
 */
sealed interface Innovation permits NormalInnovation, StudentTInnovation, SkewedTInnovation {

    /** Moves to the shape parameters that begin at this place of θ. */
    void at(double[] theta, int firstShape);

    /**
     * Returns Σ φ; leaves φ_z·w of each observation in slope, and adds Σ ∂φ/∂shape to the gradient from firstShape on.
     */
    double slopes(int size, double[] e, double[] precision, double[] slope, double[] gradient, int firstShape);

    /** After {@link #slopes} at the same point: the second derivatives. */
    void curvatures(int size, double[] e, double[] precision, Curvature out);

    static Innovation of(GarchSpecification.Innovations innovations, int size) {
        return switch (innovations) {
            case NORMAL -> new NormalInnovation();
            case STUDENT_T -> new StudentTInnovation(size);
            case SKEWED_T -> new SkewedTInnovation(size);
        };
    }

    /** Second derivatives by column. */
    final class Curvature {

        /** φ_zz */
        final double[] curve;
        /** ∂φ/∂shape_k of each observation */
        final double[][] shapeSlope;
        /** φ_z·shape_k · w */
        final double[][] shapeCross;
        /** Σ ∂²φ/∂shape_k∂shape_j for j ≤ k */
        final double[][] shapeSums;

        Curvature(int size, int shapes) {
            curve = new double[size + 1];
            shapeSlope = new double[shapes][size + 1];
            shapeCross = new double[shapes][size + 1];
            shapeSums = new double[shapes][shapes];
        }
    }
}

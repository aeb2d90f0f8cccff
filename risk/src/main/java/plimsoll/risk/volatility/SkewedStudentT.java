package plimsoll.risk.volatility;

import plimsoll.risk.strict.StudentT;

/**
 * What are standardised returns like, if both tails are heavy and one is longer? Hansen's skewed t with mean 0, variance 1,
 * ν &gt; 2 degrees of freedom and skewness −1 &lt; λ &lt; 1 (below 0, losses have the longer tail; at 0 it is the t):
 *
 * <pre>
 * g(z) = b·c·(1 + y²/(ν−2))^(−(ν+1)/2),   y = (bz + a)/(1 − λ) where z &lt; −a/b, (bz + a)/(1 + λ) elsewhere     (1)
 * c = Γ((ν+1)/2) / (√(π(ν−2))·Γ(ν/2)),  a = 4λc(ν−2)/(ν−1),  b² = 1 + 3λ² − a²                              (2)
 * G⁻¹(p) = ( (1−λ)·√((ν−2)/ν)·T⁻¹(p/(1−λ)) − a )/b         where p &lt; (1−λ)/2
 *        = ( (1+λ)·√((ν−2)/ν)·T⁻¹((p+λ)/(1+λ)) − a )/b     elsewhere, T Student's distribution with ν             (3)
 * </pre>
 *
 * Source: docs/models/skewed-t.md, equations 1 to 3; Hansen, International Economic Review 35 (1994), equations 10 to 13.
 */
public record SkewedStudentT(double nu, double lambda) {

    public SkewedStudentT {
        if (!(nu > 2)) {
            throw new IllegalArgumentException("degrees of freedom are not above 2: found=" + nu);
        }
        if (!(lambda > -1 && lambda < 1)) {
            throw new IllegalArgumentException("skewness is outside (-1, 1): found=" + lambda);
        }
    }

    public double logDensity(double z) {
        var shape = shape();
        var a = a(shape);
        var b = b(a);
        var moved = b * z + a;
        var y = moved / (moved < 0 ? 1 - lambda : 1 + lambda);
        return StrictMath.log(b) + shape.logC - shape.half * StrictMath.log1p(y * y / shape.m);
    }

    /** The z that is not exceeded with probability p. */
    public double quantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("probability is outside (0, 1): found=" + p);
        }
        var shape = shape();
        var a = a(shape);
        var unit = Math.sqrt(shape.m / nu);
        var y = p < (1 - lambda) / 2
                ? (1 - lambda) * unit * StudentT.quantile(p / (1 - lambda), nu)
                : (1 + lambda) * unit * StudentT.quantile((p + lambda) / (1 + lambda), nu);
        return (y - a) / b(a);
    }

    private TShape shape() {
        var shape = new TShape();
        shape.at(nu);
        return shape;
    }

    private double a(TShape shape) {
        return 4 * lambda * StrictMath.exp(shape.logC) * shape.m / (nu - 1);
    }

    private double b(double a) {
        return Math.sqrt(1 + 3 * lambda * lambda - a * a);
    }
}

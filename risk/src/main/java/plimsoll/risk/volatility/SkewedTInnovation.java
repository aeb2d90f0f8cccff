package plimsoll.risk.volatility;

/**
 * φ = ln b + ψ(y², ν), y = (bz + a)/(1 + sλ), s the sign of bz + a: Hansen's skewed t, with a = 4λcm/(ν−1),
 * b² = 1 + 3λ² − a², and ψ and c as in {@link TShape}. Source: docs/models/skewed-t.md, equations 1 to 4.
 */
final class SkewedTInnovation implements Innovation {

    private static final int NU = 0;
    private static final int LAMBDA = 1;

    private final TShape shape = new TShape();
    private final double[] z;
    private final double[] y;
    /** s/(1 + sλ): positive right of the mode, negative left of it */
    private final double[] side;
    /** m + y² */
    private final double[] denominator;
    /** ψ_y / (1 + sλ) */
    private final double[] pull;
    /** ψ_y·y·s / (1 + sλ) */
    private final double[] stretch;

    private double lambda;
    private double a;
    private double aNu;
    private double aLambda;
    private double aNuNu;
    private double aLambdaNu;
    private double b;
    private double bNu;
    private double bLambda;
    private double bNuNu;
    private double bNuLambda;
    private double bLambdaLambda;

    SkewedTInnovation(int size) {
        z = new double[size + 1];
        y = new double[size + 1];
        side = new double[size + 1];
        denominator = new double[size + 1];
        pull = new double[size + 1];
        stretch = new double[size + 1];
    }

    @Override
    public void at(double[] theta, int firstShape) {
        shape.at(theta[firstShape + NU]);
        lambda = theta[firstShape + LAMBDA];
        // a = λA, ln A = ln 4 + ln c + ln m − ln(ν − 1)
        var m = shape.m;
        var below = shape.nu - 1;
        aLambda = 4 * StrictMath.exp(shape.logC) * m / below;
        var logSlope = shape.logCNu + 1 / m - 1 / below;
        var logCurve = shape.logCNuNu - 1 / (m * m) + 1 / (below * below);
        aLambdaNu = aLambda * logSlope;
        var aLambdaNuNu = aLambda * (logSlope * logSlope + logCurve);
        a = lambda * aLambda;
        aNu = lambda * aLambdaNu;
        aNuNu = lambda * aLambdaNuNu;
        // B = b² and its derivatives, then those of the root
        b = Math.sqrt(1 + 3 * lambda * lambda - a * a);
        var squareNu = -2 * a * aNu;
        var squareLambda = 2 * lambda * (3 - aLambda * aLambda);
        bNu = squareNu / (2 * b);
        bLambda = squareLambda / (2 * b);
        bNuNu = (-aNu * aNu - a * aNuNu - bNu * bNu) / b;
        bNuLambda = (-2 * a * aLambdaNu - bNu * bLambda) / b;
        bLambdaLambda = (3 - aLambda * aLambda - bLambda * bLambda) / b;
    }

    @Override
    public double slopes(int size, double[] e, double[] precision, double[] slope, double[] gradient, int firstShape) {
        var m = shape.m;
        var factor = -2 * shape.half;
        var right = 1 / (1 + lambda);
        var left = 1 / (1 - lambda);
        for (var t = 1; t <= size; t++) {
            var w = Math.sqrt(precision[t]);
            z[t] = e[t] * w;
            var moved = b * z[t] + a;
            var width = moved < 0 ? left : right;
            side[t] = moved < 0 ? -left : right;
            y[t] = moved * width;
            var d = m + y[t] * y[t];
            denominator[t] = d;
            var byY = factor * y[t] / d;
            pull[t] = byY * width;
            stretch[t] = byY * y[t] * side[t];
            slope[t] = pull[t] * b * w;
        }
        var logs = Columns.sumOfLogs(denominator, 1, size);
        var shares = 0.0;
        for (var t = 1; t <= size; t++) {
            shares += y[t] * y[t] / denominator[t];
        }
        var pulls = Columns.sum(pull, 1, size);
        var pullsZ = Columns.dot(pull, 1, z, 1, size);
        gradient[firstShape + NU] += size * bNu / b + bNu * pullsZ + aNu * pulls + shape.totalNu(size, logs, shares);
        gradient[firstShape + LAMBDA] +=
                size * bLambda / b + bLambda * pullsZ + aLambda * pulls - Columns.sum(stretch, 1, size);
        return size * StrictMath.log(b) + shape.total(size, logs);
    }

    @Override
    public void curvatures(int size, double[] e, double[] precision, Curvature out) {
        var nuNu = 0.0;
        var nuLambda = 0.0;
        var lambdaLambda = 0.0;
        for (var t = 1; t <= size; t++) {
            var w = Math.sqrt(precision[t]);
            var s = side[t];
            var width = Math.abs(s);
            var d = denominator[t];
            var q = y[t] * y[t];
            // ψ by y: the chain through Q = y²
            var byY = -2 * shape.half * y[t] / d;
            var byYy = 2 * shape.half * (2 * q / d - 1) / d;
            var byYNu = 2 * y[t] * shape.byQNu(q);
            var yz = b * width;
            var movedNu = (bNu * z[t] + aNu) * width;
            var movedLambda = (bLambda * z[t] + aLambda) * width;
            var yNu = movedNu;
            var yLambda = movedLambda - s * y[t];
            var yNuNu = (bNuNu * z[t] + aNuNu) * width;
            var yNuLambda = (bNuLambda * z[t] + aLambdaNu) * width - s * movedNu;
            var yLambdaLambda = bLambdaLambda * z[t] * width - 2 * s * movedLambda + 2 * y[t] * s * s;
            out.curve[t] = byYy * yz * yz;
            out.shapeSlope[NU][t] = bNu / b + byY * yNu + shape.byNu(q);
            out.shapeSlope[LAMBDA][t] = bLambda / b + byY * yLambda;
            out.shapeCross[NU][t] = w * (byYy * yz * yNu + byY * bNu * width + byYNu * yz);
            out.shapeCross[LAMBDA][t] = w * (byYy * yz * yLambda + byY * (bLambda * width - s * yz));
            nuNu += byYy * yNu * yNu + 2 * byYNu * yNu + byY * yNuNu + shape.byNuNu(q);
            nuLambda += byYy * yNu * yLambda + byYNu * yLambda + byY * yNuLambda;
            lambdaLambda += byYy * yLambda * yLambda + byY * yLambdaLambda;
        }
        out.shapeSums[NU][NU] = nuNu + size * (bNuNu / b - bNu * bNu / (b * b));
        out.shapeSums[LAMBDA][NU] = nuLambda + size * (bNuLambda / b - bNu * bLambda / (b * b));
        out.shapeSums[LAMBDA][LAMBDA] = lambdaLambda + size * (bLambdaLambda / b - bLambda * bLambda / (b * b));
    }
}

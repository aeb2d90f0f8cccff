package plimsoll.risk.volatility;

import java.util.Optional;

/**
 * Standard errors of a maximum likelihood fit, from the Hessian H, the outer products of scores B and the expected
 * information J: Hessian √diag(−H)⁻¹, OPG √diag B⁻¹, information matrix √diag J⁻¹, Bollerslev-Wooldridge √diag J⁻¹BJ⁻¹,
 * QMLE (White) √diag H⁻¹BH⁻¹. J is the normal's, so the two that need it exist for normal innovations only; for GARCH its
 * blocks between mean and variance are zero.
 * A parameter on a bound has standard error 0: it was not estimated. Empty: that matrix is not positive definite here.
 * Source: docs/models/garch.md, equation 8.
 */
public record StandardErrors(
        Optional<GarchParameters> hessian,
        Optional<GarchParameters> outerProducts,
        Optional<GarchParameters> informationMatrix,
        Optional<GarchParameters> bollerslevWooldridge,
        Optional<GarchParameters> quasiMaximumLikelihood) {

    static StandardErrors of(
            GarchSpecification specification, GarchLikelihood.Derivatives derivatives, double[][] directions) {
        var b = GarchSearch.reduced(derivatives.outerProducts(), directions);
        var hessian = SmallMatrix.inverse(SmallMatrix.negated(GarchSearch.reduced(derivatives.hessian(), directions)));
        var outerProducts = SmallMatrix.inverse(b);
        var information = specification.hasNu()
                ? Optional.<double[][]>empty()
                : SmallMatrix.inverse(GarchSearch.reduced(derivatives.information(), directions));
        return new StandardErrors(
                hessian.map(inverse -> roots(specification, inverse, directions)),
                outerProducts.map(inverse -> roots(specification, inverse, directions)),
                information.map(inverse -> roots(specification, inverse, directions)),
                information.map(inverse -> roots(specification, sandwich(inverse, b), directions)),
                hessian.map(inverse -> roots(specification, sandwich(inverse, b), directions)));
    }

    private static double[][] sandwich(double[][] bread, double[][] filling) {
        return SmallMatrix.times(SmallMatrix.times(bread, filling), bread);
    }

    private static GarchParameters roots(
            GarchSpecification specification, double[][] covariance, double[][] directions) {
        var full = SmallMatrix.times(SmallMatrix.times(directions, covariance), SmallMatrix.transpose(directions));
        var roots = new double[full.length];
        for (var i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(Math.max(0, full[i][i]));
        }
        return GarchParameters.of(specification, roots);
    }
}

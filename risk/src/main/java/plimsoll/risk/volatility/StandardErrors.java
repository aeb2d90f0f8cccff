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
        var b = SmallMatrix.reduced(derivatives.outerProducts(), directions);
        var hessian = SmallMatrix.inverse(SmallMatrix.negated(SmallMatrix.reduced(derivatives.hessian(), directions)));
        var outerProducts = SmallMatrix.inverse(b);
        var information = specification.hasNu()
                ? Optional.<double[][]>empty()
                : SmallMatrix.inverse(SmallMatrix.reduced(derivatives.information(), directions));
        return new StandardErrors(
                hessian.map(inverse -> roots(specification, inverse, directions)),
                outerProducts.map(inverse -> roots(specification, inverse, directions)),
                information.map(inverse -> roots(specification, inverse, directions)),
                information.map(inverse -> roots(specification, SmallMatrix.sandwich(inverse, b), directions)),
                hessian.map(inverse -> roots(specification, SmallMatrix.sandwich(inverse, b), directions)));
    }

    private static GarchParameters roots(
            GarchSpecification specification, double[][] covariance, double[][] directions) {
        return GarchParameters.of(specification, SmallMatrix.deviations(covariance, directions));
    }
}

package plimsoll.risk.volatility;

import plimsoll.risk.strict.SpecialFunctions;

/**
 * The t distribution scaled to variance 1, as ψ(Q, ν) = ln c − ½(ν+1)·ln(1 + Q/m) with Q = z², m = ν − 2 and
 * ln c = ln Γ((ν+1)/2) − ln Γ(ν/2) − ½ ln(πm): ln c and its derivatives by ν. Source: docs/models/garch.md, equation 5.
 */
final class TShape {

    double nu;
    double m;
    /** (ν + 1)/2 */
    double half;

    double logC;
    double logCNu;
    double logCNuNu;

    void at(double nu) {
        this.nu = nu;
        m = nu - 2;
        half = (nu + 1) / 2;
        logC = SpecialFunctions.logGamma(half) - SpecialFunctions.logGamma(nu / 2) - StrictMath.log(Math.PI * m) / 2;
        logCNu = (SpecialFunctions.digamma(half) - SpecialFunctions.digamma(nu / 2) - 1 / m) / 2;
        logCNuNu = (SpecialFunctions.trigamma(half) - SpecialFunctions.trigamma(nu / 2)) / 4 + 1 / (2 * m * m);
    }

    /** Σ ψ over observations, given Σ ln(m + Q). */
    double total(int size, double sumOfLogs) {
        return size * logC - half * (sumOfLogs - size * StrictMath.log(m));
    }

    /** Σ ψ_ν over observations, given Σ ln(m + Q) and Σ Q/(m + Q). */
    double totalNu(int size, double sumOfLogs, double sumOfShares) {
        return size * logCNu - (sumOfLogs - size * StrictMath.log(m)) / 2 + half * sumOfShares / m;
    }

    double byNu(double q) {
        return logCNu - StrictMath.log1p(q / m) / 2 + half * tail(q);
    }

    double byQNu(double q) {
        return -0.5 / (m + q) + half / ((m + q) * (m + q));
    }

    double byNuNu(double q) {
        var tail = tail(q);
        return logCNuNu + tail - half * tail * (2 * m + q) / (m * (m + q));
    }

    private double tail(double q) {
        return q / (m * (m + q));
    }
}

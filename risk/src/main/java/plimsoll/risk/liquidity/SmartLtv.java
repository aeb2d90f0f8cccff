package plimsoll.risk.liquidity;

/**
 * Which LTV does the SmartLTV formula allow, and which risk does a given LTV take by it?
 *
 * <pre>
 * LTV = exp( −c·σ/√(l/d) ) − β,   c = 1/r                                                            (1)
 * r   = σ·√d / ( ln(1/(LTV + β))·√l )                                                                (2)
 * </pre>
 *
 * σ: volatility in the unit in which c was chosen; l: what can be sold with slippage β; d: what may be borrowed; β: the
 * liquidation bonus; r: the implied confidence, larger is more daring. An exponent beyond {@link #LARGEST_EXPONENT}
 * gives zero, as the contract does, and so does a negative LTV.
 *
 * <p>Source: docs/models/smart-ltv.md, equations 1 and 2; the SmartLTV contract of RiskDAO and B.Protocol.
 *
 * @param volatility σ
 * @param liquidity l
 * @param debt d, in the unit of l
 * @param bonus β, a fraction
 */
public record SmartLtv(double volatility, double liquidity, double debt, double bonus) {

    public static final double LARGEST_EXPONENT = 10.46;

    public SmartLtv {
        if (!(volatility > 0) || !(liquidity > 0) || !(debt > 0) || !(bonus >= 0 && bonus < 1)) {
            throw new IllegalArgumentException("SmartLTV inputs cannot be: volatility=%s liquidity=%s debt=%s bonus=%s"
                    .formatted(volatility, liquidity, debt, bonus));
        }
    }

    /** Equation 1. */
    public double ltv(double c) {
        if (!(c > 0)) {
            throw new IllegalArgumentException("c is not positive: found=" + c);
        }
        var exponent = c * volatility / Math.sqrt(liquidity / debt);
        return exponent > LARGEST_EXPONENT ? 0 : Math.max(0, StrictMath.exp(-exponent) - bonus);
    }

    /** Equation 2: r = 1/c of a given LTV; infinite where LTV and bonus together leave nothing. */
    public double impliedRisk(double ltv) {
        if (!(ltv >= 0) || !(ltv + bonus > 0)) {
            throw new IllegalArgumentException("LTV cannot be: found=%s bonus=%s".formatted(ltv, bonus));
        }
        return ltv + bonus >= 1
                ? Double.POSITIVE_INFINITY
                : volatility * Math.sqrt(debt) / (StrictMath.log(1 / (ltv + bonus)) * Math.sqrt(liquidity));
    }
}

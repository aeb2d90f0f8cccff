package plimsoll.risk.simulation;

/**
 * What does one liquidation of Aave v3.6 take, and what does it repay? The protocol's rules in base value and double.
 *
 * <pre>
 * H      = Σ cᵢ·LTᵢ / Σ dⱼ                                                                                   (1)
 * x_max  = d                        where H ≤ 0.95, or c or d is below 2 000; else min(d, Σ dⱼ/2)             (2)
 * x      = min(x_max, c/(1 + b)),  y = x·(1 + b)                                                              (3)
 *          where both c − y &gt; 0 and d − x &gt; 0, x ≤ min(d − 1 000, (c − 1 000)/(1 + b))                        (4)
 * fee    = f·(y − y/(1 + b))                                                                                  (5)
 * </pre>
 *
 * c the collateral seized and d the debt repaid, both of one reserve, in base value; b the bonus, f the protocol's share
 * of it; x repaid, y taken. The contract counts in integers: against it, amounts agree to 1e-9 and a few of the tokens'
 * smallest units, and decisions differ only where a comparison of (1), (2) or (4) is closer than that.
 *
 * <p>Source: docs/models/liquidation-rule.md, equations 1 to 5; aave-v3-origin 3.6.0, LiquidationLogic.sol.
 */
final class LiquidationRule {

    static final double CLOSE_FACTOR = 0.5;
    static final double FULL_CLOSE_HEALTH = 0.95;
    /** In base value, which is US dollars in every market of Aave v3. */
    static final double FULL_CLOSE_BELOW = 2_000;

    static final double LEAST_LEFTOVER = 1_000;

    private LiquidationRule() {}

    /** x_max: equation 2. */
    static double largestRepayment(double healthFactor, double collateral, double reserveDebt, double totalDebt) {
        var large = collateral >= FULL_CLOSE_BELOW && reserveDebt >= FULL_CLOSE_BELOW;
        if (large && healthFactor > FULL_CLOSE_HEALTH) {
            return Math.min(reserveDebt, CLOSE_FACTOR * totalDebt);
        }
        return reserveDebt;
    }

    /** The call that repays as much as is wanted and allowed; it repays nothing where any amount would leave dust. */
    static Call call(double wanted, double collateral, double reserveDebt, double bonusFactor) {
        var repaid = wanted;
        var taken = repaid * bonusFactor;
        if (taken > collateral) {
            taken = collateral;
            repaid = collateral / bonusFactor;
        }
        if (leavesDust(collateral - taken, reserveDebt - repaid)) {
            var legal = Math.min(reserveDebt - LEAST_LEFTOVER, (collateral - LEAST_LEFTOVER) / bonusFactor);
            repaid = Math.max(0, Math.min(repaid, legal));
            taken = repaid * bonusFactor;
        }
        return new Call(repaid, taken);
    }

    /** The protocol's share of the bonus: equation 5. */
    static double fee(double taken, double bonusFactor, double share) {
        return share * (taken - taken / bonusFactor);
    }

    private static boolean leavesDust(double collateral, double debt) {
        return collateral > 0 && debt > 0 && (collateral < LEAST_LEFTOVER || debt < LEAST_LEFTOVER);
    }

    /**
     * One call, in base value.
     *
     * @param taken of the collateral, the fee included
     */
    record Call(double repaid, double taken) {}
}

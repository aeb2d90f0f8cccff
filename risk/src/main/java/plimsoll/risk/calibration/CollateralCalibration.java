package plimsoll.risk.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * Which liquidation threshold and which LTV let a liquidator still be paid in full after a bad fall of the price?
 *
 * <pre>
 * b*   = (s_q + g + c + m) / (1 − f)                                               (1)
 * LT*  = min( (1 − X_α(h)) · (1 − g) / (1 + b*),  1 / ((1 + b*) · λ) )              (2)
 * LTV* = LT* · (1 − Y_β(H))                                                        (3)
 * </pre>
 *
 * X_α(h): expected shortfall, at level α, of the fall of the price over the liquidation horizon h; Y_β(H): value at risk,
 * at level β, of that fall over the user's horizon H; g: gap between oracle and market; s_q: slippage of selling the
 * liquidated collateral; c: gas as a share of it; m: the liquidator's margin; f: the protocol's share of the bonus;
 * λ: market impact multiplier. All are fractions, 0.05 for 5 %; none is an annual rate.
 *
 * <p>(2) is solvency at execution, bounded by the toxicity bound: above it a liquidation lowers the health factor.
 * The bonus used is the larger of b* and the reserve's current one: a threshold that is solvent only at a smaller bonus
 * than the contract pays would not be solvent.
 *
 * <p>Source: docs/models/collateral-closed-form.md, equations 1 to 3.
 */
public final class CollateralCalibration {

    private CollateralCalibration() {}

    public static Result of(Inputs inputs) {
        var neededBonus = (inputs.slippage() + inputs.oracleGap() + inputs.gasShare() + inputs.liquidatorMargin())
                / (1 - inputs.protocolShareOfBonus());
        var bonus = Math.max(neededBonus, inputs.currentBonus());
        var solvency = (1 - inputs.liquidationShortfall()) * (1 - inputs.oracleGap()) / (1 + bonus);
        var toxicity = 1 / ((1 + bonus) * inputs.impactMultiplier());
        var threshold = Math.max(0, Math.min(solvency, toxicity));
        var ltv = Math.max(0, threshold * (1 - inputs.userValueAtRisk()));
        return new Result(
                neededBonus,
                bonus,
                solvency,
                toxicity,
                threshold,
                ltv,
                reasons(inputs, neededBonus, bonus, solvency, toxicity, threshold, ltv));
    }

    private static List<String> reasons(
            Inputs inputs,
            double neededBonus,
            double bonus,
            double solvency,
            double toxicity,
            double threshold,
            double ltv) {
        var reasons = new ArrayList<String>();
        reasons.add("liquidators need a bonus of %s for slippage %s, oracle gap %s, gas %s and margin %s"
                .formatted(
                        Words.percent(neededBonus),
                        Words.percent(inputs.slippage()),
                        Words.percent(inputs.oracleGap()),
                        Words.percent(inputs.gasShare()),
                        Words.percent(inputs.liquidatorMargin())));
        if (bonus > neededBonus) {
            reasons.add("the reserve already pays a bonus of %s, which is what solvency must bear"
                    .formatted(Words.percent(bonus)));
        }
        reasons.add("the price falls by %s in the worst cases before a liquidation executes"
                .formatted(Words.percent(inputs.liquidationShortfall())));
        reasons.add(
                toxicity < solvency
                        ? "liquidation threshold %s: above it a liquidation would lower the health factor"
                                .formatted(Words.percent(threshold))
                        : "liquidation threshold %s: debt and bonus are covered after that fall"
                                .formatted(Words.percent(threshold)));
        reasons.add("LTV %s: a borrower who opens at the limit survives a fall of %s over the user horizon"
                .formatted(Words.percent(ltv), Words.percent(inputs.userValueAtRisk())));
        return List.copyOf(reasons);
    }

    /**
     * What the closed forms need, all as fractions.
     *
     * @param liquidationShortfall X_α(h): expected shortfall of the fall over the liquidation horizon, in [0, 1]
     * @param userValueAtRisk Y_β(H): value at risk of the fall over the user's horizon, in [0, 1]
     * @param oracleGap g: deviation threshold plus lag times volatility, in [0, 1)
     * @param slippage s_q of selling the liquidated size, in [0, 1)
     * @param gasShare gas over the liquidated size, at least 0
     * @param liquidatorMargin what makes the work worth doing, at least 0
     * @param protocolShareOfBonus f, in [0, 1)
     * @param impactMultiplier λ at least 1: 1 where a sale does not move the price that the oracle reads
     * @param currentBonus the bonus that the reserve pays today, 0 where it is to be set
     */
    public record Inputs(
            double liquidationShortfall,
            double userValueAtRisk,
            double oracleGap,
            double slippage,
            double gasShare,
            double liquidatorMargin,
            double protocolShareOfBonus,
            double impactMultiplier,
            double currentBonus) {

        public Inputs {
            Ranges.within("liquidationShortfall", liquidationShortfall, 0, 1);
            Ranges.within("userValueAtRisk", userValueAtRisk, 0, 1);
            Ranges.within("oracleGap", oracleGap, 0, Math.nextDown(1.0));
            Ranges.within("slippage", slippage, 0, Math.nextDown(1.0));
            Ranges.within("gasShare", gasShare, 0, Double.MAX_VALUE);
            Ranges.within("liquidatorMargin", liquidatorMargin, 0, Double.MAX_VALUE);
            Ranges.within("protocolShareOfBonus", protocolShareOfBonus, 0, Math.nextDown(1.0));
            Ranges.within("impactMultiplier", impactMultiplier, 1, Double.MAX_VALUE);
            Ranges.within("currentBonus", currentBonus, 0, Double.MAX_VALUE);
        }
    }

    /**
     * The closed forms' values, as fractions before any rounding, and the sentences that explain them.
     *
     * @param neededBonus b* of equation 1
     * @param bonus the bonus that the threshold was computed with
     * @param solvencyBound the first term of equation 2
     * @param toxicityBound the second term of equation 2
     * @param liquidationThreshold LT*
     * @param ltv LTV*
     */
    public record Result(
            double neededBonus,
            double bonus,
            double solvencyBound,
            double toxicityBound,
            double liquidationThreshold,
            double ltv,
            List<String> reasons) {

        public Result {
            reasons = List.copyOf(reasons);
        }
    }
}

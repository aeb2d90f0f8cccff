package plimsoll.risk.calibration;

import static plimsoll.risk.calibration.Words.percent;

import java.util.List;

/**
 * The answer as Compound v2 and Venus take it.
 *
 * <pre>
 * CF = min( LT*, 0.9, 1 / (1 + b) );   Venus: CF = LTV*, LT = LT*, CF ≤ LT ≤ 1              (1)
 * </pre>
 *
 * Compound v2 has one factor for borrowing and for liquidating: it must be what a liquidation bears. The contract ties
 * nothing to the incentive; CF · (1 + b) ≤ 1 is our rule, without which a liquidation at the line would leave bad debt.
 *
 * <p>Source: docs/models/protocol-views.md, equation 1.
 *
 * @param collateralFactor of Compound v2, a fraction
 * @param venusCollateralFactor the share that may be borrowed
 * @param venusLiquidationThreshold the share that may be held
 * @param incentive what a liquidator receives for 1, 1.08 for a bonus of 8 %
 */
public record CompoundView(
        double collateralFactor,
        double venusCollateralFactor,
        double venusLiquidationThreshold,
        double incentive,
        List<String> reasons) {

    private static final double HIGHEST_FACTOR = 0.9;

    public CompoundView {
        reasons = List.copyOf(reasons);
    }

    public static CompoundView of(ReserveParameters made) {
        var threshold = made.liquidationThreshold().value();
        var incentive = 1 + made.closedForm().bonus();
        var factor = Math.min(Math.min(threshold, HIGHEST_FACTOR), 1 / incentive);
        return new CompoundView(
                factor,
                made.ltv().value(),
                threshold,
                incentive,
                List.of(
                        factor < threshold
                                ? "collateral factor %s: the contract allows no more than %s, and no more than %s leaves room for the incentive"
                                        .formatted(percent(factor), percent(HIGHEST_FACTOR), percent(1 / incentive))
                                : "collateral factor %s: one line for borrowing and liquidating, at what a liquidation bears"
                                        .formatted(percent(factor))));
    }
}

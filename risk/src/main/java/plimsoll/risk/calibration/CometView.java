package plimsoll.risk.calibration;

import static plimsoll.risk.calibration.Words.percent;

import java.util.List;

/**
 * The answer as Compound III (Comet) takes it.
 *
 * <pre>
 * LF  = 1 − (b / (1 + b)) / s                                                              (2)
 * lCF = ⌊ min(LT*, LF − 0.0001) ⌋₄,   bCF = ⌊ min(LTV*, lCF − 0.0001) ⌋₄                    (3)
 * </pre>
 *
 * b / (1 + b): discount on the price that is worth a bonus of b to who buys absorbed collateral; s: store front price
 * factor, the share of the penalty 1 − LF that becomes discount; ⌊·⌋₄: down to 4 decimals, as the contract keeps them. The
 * contract checks bCF < lCF alone; lCF / LF < 1, without which absorbing loses money at the line, is our rule.
 *
 * <p>Source: docs/models/protocol-views.md, equations 2 and 3.
 */
public record CometView(
        double borrowCollateralFactor,
        double liquidateCollateralFactor,
        double liquidationFactor,
        double storefrontDiscount,
        List<String> reasons) {

    private static final double DIGIT = 0.0001;

    public CometView {
        reasons = List.copyOf(reasons);
    }

    /**
     * The view of one collateral.
     *
     * @param storeFrontPriceFactor s, in (0, 1]
     */
    public static CometView of(ReserveParameters made, double storeFrontPriceFactor) {
        Ranges.within("storeFrontPriceFactor", storeFrontPriceFactor, DIGIT, 1);
        var bonus = made.closedForm().bonus();
        var discount = bonus / (1 + bonus);
        var factor = down(Math.max(0, 1 - discount / storeFrontPriceFactor));
        var liquidate = down(Math.max(0, Math.min(made.liquidationThreshold().value(), factor - DIGIT)));
        var borrow = down(Math.max(0, Math.min(made.ltv().value(), liquidate - DIGIT)));
        return new CometView(
                borrow,
                liquidate,
                factor,
                storeFrontPriceFactor * (1 - factor),
                List.of(
                        "liquidation factor %s: %s of the penalty becomes a discount of %s, worth a bonus of %s to buyers"
                                .formatted(
                                        percent(factor),
                                        percent(storeFrontPriceFactor),
                                        percent(storeFrontPriceFactor * (1 - factor)),
                                        percent(bonus)),
                        liquidate + DIGIT < down(made.liquidationThreshold().value())
                                ? "liquidate factor %s, below the threshold of %s: above the liquidation factor absorbing would lose money"
                                        .formatted(
                                                percent(liquidate),
                                                percent(made.liquidationThreshold()
                                                        .value()))
                                : "liquidate factor %s, %s of the liquidation factor"
                                        .formatted(percent(liquidate), percent(factor == 0 ? 0 : liquidate / factor))));
    }

    /** Down to 4 decimals; a value that is one already, but for the last bits of its division, stays. */
    private static double down(double share) {
        return Math.floor(share * 10_000 + 1e-9) / 10_000;
    }
}

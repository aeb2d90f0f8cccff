package plimsoll.risk.calibration;

import static plimsoll.risk.calibration.Words.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The answer as Morpho Blue takes it: the largest LLTV of its menu that is safe.
 *
 * <pre>
 * LIF(L) = min( 1.15, 1 / (1 − 0.3 · (1 − L)) )                                            (4)
 * L is safe  ⇔  L ≤ (1 − X) · (1 − g) / LIF(L)  and  L ≤ 1 / (LIF(L) · λ)  and  LIF(L) − 1 ≥ b* · (1 − f)      (5)
 * </pre>
 *
 * L: the LLTV, which no one can change once a market stands; LIF: the incentive that comes with it; X, g, λ: as in the
 * closed form; b*·(1 − f): what liquidators need where no protocol takes a share.
 *
 * <p>Source: docs/models/protocol-views.md, equations 4 and 5.
 *
 * @param lltv empty where nothing on the menu is safe
 * @param incentive LIF at that LLTV, and 1 where there is none
 */
public record MorphoView(OptionalDouble lltv, double incentive, List<String> reasons) {

    /** Seen on chain; a fuller menu can be read from its events and passed. */
    public static final List<Double> MENU = List.of(0.98, 0.965, 0.945, 0.915, 0.86, 0.77);

    private static final double HIGHEST_INCENTIVE = 1.15;
    private static final double CURSOR = 0.3;

    public MorphoView {
        reasons = List.copyOf(reasons);
    }

    public static MorphoView of(ReserveInputs inputs, ReserveParameters made, List<Double> menu) {
        var needed = made.bonus().value() * (1 - inputs.current().protocolFee());
        var covered = (1 - made.fallInHorizon().value())
                * (1 - inputs.costs().oracleGap().value());
        var reasons = new ArrayList<String>();
        for (double lltv : menu.stream().sorted((a, b) -> Double.compare(b, a)).toList()) {
            var incentive = incentive(lltv);
            if (incentive - 1 < needed) {
                reasons.add("%s pays liquidators %s where they need %s"
                        .formatted(percent(lltv), percent(incentive - 1), percent(needed)));
            } else if (lltv * incentive > covered) {
                reasons.add("%s and an incentive of %s exceed the %s that a fall leaves"
                        .formatted(percent(lltv), percent(incentive - 1), percent(covered)));
            } else if (lltv * incentive * inputs.costs().impactMultiplier() > 1) {
                reasons.add("%s: a liquidation would lower the health factor".formatted(percent(lltv)));
            } else {
                reasons.add("%s is the largest on the menu that is safe: a buffer of %s, a fall of %s"
                        .formatted(
                                percent(lltv),
                                percent(1 - lltv * incentive),
                                percent(made.fallInHorizon().value())));
                return new MorphoView(OptionalDouble.of(lltv), incentive, reasons);
            }
        }
        reasons.add("nothing on the menu is safe");
        return new MorphoView(OptionalDouble.empty(), 1, reasons);
    }

    /** Equation 4. */
    public static double incentive(double lltv) {
        return Math.min(HIGHEST_INCENTIVE, 1 / (1 - CURSOR * (1 - lltv)));
    }
}

package plimsoll.risk.calibration;

import java.time.Duration;
import plimsoll.risk.calibration.Estimate.End;

/**
 * How long does a liquidation of a reserve's size take, and what do threshold and LTV come to at that horizon?
 *
 * <pre>
 * h(d) = oracle lag + inclusion lag + T · p·d / D(s),   s = b · (1 − f) − g − c − m         (1)
 * </pre>
 *
 * T: recovery time of the venues; p·d: value that a stressed fall puts up for sale; s: slippage that leaves liquidators
 * their margin m after gap g and gas c, of what the protocol's share f leaves of the bonus b; D(s): value that the venues
 * take within it, and never less than one liquidation, whose own slippage the bonus pays by definition.
 *
 * <p>Source: docs/models/reserve-parameters.md, equation 1.
 */
final class ClosedForm {

    /** Beyond this a sale has no end that anyone would wait for. */
    private static final double LONGEST_SALE_SECONDS = 3650.0 * 24 * 3600;

    private final ReserveInputs inputs;
    private final double gap;
    private final double slippage;
    private final double bonus;
    private final double soldAtOnce;

    /** The equations with the oracle gap at one end of its interval. */
    ClosedForm(ReserveInputs inputs, End end) {
        this.inputs = inputs;
        gap = inputs.costs().oracleGap().at(end);
        slippage = inputs.collateral().slippageOf(inputs.sizes().liquidationValue());
        bonus = result(0, 0).bonus();
        var bearable = bonus * (1 - inputs.current().protocolFee())
                - gap
                - inputs.costs().gasShare()
                - inputs.costs().liquidatorMargin();
        soldAtOnce =
                Math.max(inputs.sizes().liquidationValue(), inputs.collateral().within(bearable));
    }

    double slippage() {
        return slippage;
    }

    double bonus() {
        return bonus;
    }

    double soldAtOnce() {
        return soldAtOnce;
    }

    /** Equation 1 at a value supplied. */
    Duration horizon(double collateralValue) {
        var sales = inputs.sizes().liquidatedShare() * collateralValue / soldAtOnce;
        var seconds = Math.min(
                LONGEST_SALE_SECONDS, sales * seconds(inputs.collateral().recovery()));
        var whole = (long) Math.floor(seconds);
        var selling = Duration.ofSeconds(whole, (long) Math.floor((seconds - whole) * 1e9));
        return inputs.lags().oracle().plus(inputs.lags().inclusion()).plus(selling);
    }

    /** Threshold and LTV for the falls over the two horizons. */
    CollateralCalibration.Result result(double shortfall, double userValueAtRisk) {
        var costs = inputs.costs();
        return CollateralCalibration.of(new CollateralCalibration.Inputs(
                shortfall,
                userValueAtRisk,
                gap,
                slippage,
                costs.gasShare(),
                costs.liquidatorMargin(),
                inputs.current().protocolFee(),
                costs.impactMultiplier(),
                inputs.current().bonus()));
    }

    /** What a stressed fall costs at a value supplied, where every account at risk stands at the threshold. */
    double stressedLoss(double collateralValue, double threshold) {
        var fall = inputs.falls().stressed().over(horizon(collateralValue)).value();
        var covered = (1 - fall) * (1 - gap) / (1 + bonus);
        return inputs.sizes().liquidatedShare() * collateralValue * Math.max(0, threshold - covered);
    }

    private static double seconds(Duration time) {
        return time.toSeconds() + time.toNanosPart() * 1e-9;
    }
}

package plimsoll.risk.calibration;

import java.time.Duration;

/**
 * How is a fall measured so that calm markets do not lower margins that the next storm must raise?
 *
 * <pre>
 * X  = max( (1 − w) · X_now + w · X_stress,  X_floor )                                     (1)
 * M' = min( max(M'_before, M), (1 + B) · M )                                               (2)
 * </pre>
 *
 * X_now: fall by today's volatility; X_stress: by the stressed one; X_floor: by that of the full history; w: weight of the
 * stress, at least 25 %; M: margin 1 − LT by the model, M' as published, B: a buffer of 25 %, which a rising M uses up
 * before M' has to rise and a falling M builds up again.
 *
 * <p>Source: docs/models/anti-procyclicality.md, equations 1 and 2.
 *
 * @param stressedWeight w
 * @param buffer B
 */
public record AntiProcyclicality(double stressedWeight, double buffer) {

    public AntiProcyclicality {
        Ranges.within("stressedWeight", stressedWeight, 0, 1);
        Ranges.within("buffer", buffer, 0, 1);
    }

    /** What EMIR's article 28 asks for. */
    public static AntiProcyclicality standard() {
        return new AntiProcyclicality(0.25, 0.25);
    }

    /** Equation 1 at every horizon. */
    public FallCurve weighed(FallCurve now, FallCurve stress, FallCurve floor) {
        return horizon -> weighed(now.over(horizon), stress.over(horizon), floor.over(horizon));
    }

    /** Whether the floor is what decides at a horizon. */
    public boolean floorBinds(FallCurve now, FallCurve stress, FallCurve floor, Duration horizon) {
        return floor.over(horizon).value()
                > mixed(now.over(horizon).value(), stress.over(horizon).value());
    }

    private Estimate weighed(Estimate now, Estimate stress, Estimate floor) {
        return Estimate.of(
                Math.max(mixed(now.low(), stress.low()), floor.low()),
                Math.max(mixed(now.value(), stress.value()), floor.value()),
                Math.max(mixed(now.high(), stress.high()), floor.high()));
    }

    private double mixed(double now, double stress) {
        return (1 - stressedWeight) * now + stressedWeight * stress;
    }

    /** Equation 2: the margin to publish after another. */
    public double buffered(double marginBefore, double margin) {
        Ranges.within("marginBefore", marginBefore, 0, 1);
        Ranges.within("margin", margin, 0, 1);
        return Math.min(1, Math.min(Math.max(marginBefore, margin), (1 + buffer) * margin));
    }
}

package plimsoll.risk.calibration;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;

/**
 * How much of an asset its venues take, and how soon they take as much again.
 *
 * @param slippage price lost, a fraction, by trading a value in the base currency at once
 * @param valueWithin the inverse: the largest value whose slippage is at most a fraction
 * @param recovery T: time after which the venues take the same value at the same slippage again
 */
public record DepthCurve(DoubleUnaryOperator slippage, DoubleUnaryOperator valueWithin, Duration recovery) {

    public DepthCurve {
        if (recovery.isNegative()) {
            throw new IllegalArgumentException("Recovery takes no negative time: found=" + recovery);
        }
    }

    double slippageOf(double tradedValue) {
        return Math.min(Math.max(0, slippage.applyAsDouble(tradedValue)), Math.nextDown(1.0));
    }

    double within(double impact) {
        return Math.max(0, valueWithin.applyAsDouble(impact));
    }
}

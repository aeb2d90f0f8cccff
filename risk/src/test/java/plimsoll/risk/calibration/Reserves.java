package plimsoll.risk.calibration;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Reserves to calibrate: one with round figures, and random ones that can be made riskier or split. */
final class Reserves {

    private Reserves() {}

    /** A fall curve with X = 1 − exp(−σ√h), h in hours, and an interval of ±10 % of σ. */
    static FallCurve falls(double hourlyVolatility) {
        return horizon -> {
            var root = Math.sqrt(horizon.toNanos() / 3.6e12);
            return Estimate.of(
                    -StrictMath.expm1(-0.9 * hourlyVolatility * root),
                    -StrictMath.expm1(-hourlyVolatility * root),
                    -StrictMath.expm1(-1.1 * hourlyVolatility * root));
        };
    }

    /** Venues whose slippage is the share of their depth that is sold: 0.05 at a twentieth of it. */
    static DepthCurve depth(double whole, Duration recovery) {
        return new DepthCurve(value -> value / whole, impact -> impact * whole, recovery);
    }

    /** What a random reserve is made of, so that one ingredient can be changed. */
    record Recipe(
            double hourlyVolatility,
            double depth,
            Duration recovery,
            Duration oracleLag,
            Duration inclusionLag,
            double price,
            double supplied,
            double liquidatedShare,
            double liquidation,
            double oracleGap,
            double bonus,
            double fee,
            double lossBudget) {

        static Recipe random(RandomGenerator random) {
            var depth = 1e6 * (1 + 99 * random.nextDouble());
            return new Recipe(
                    0.002 + 0.02 * random.nextDouble(),
                    depth,
                    Duration.ofMinutes(random.nextInt(1, 60)),
                    Duration.ofMinutes(random.nextInt(1, 60)),
                    Duration.ofMinutes(random.nextInt(1, 30)),
                    0.01 + 5_000 * random.nextDouble(),
                    depth * 10 * random.nextDouble(),
                    0.5 * random.nextDouble(),
                    depth * (0.001 + 0.05 * random.nextDouble()),
                    0.01 * random.nextDouble(),
                    0.01 + 0.1 * random.nextDouble(),
                    0.3 * random.nextDouble(),
                    1e5 + 1e6 * random.nextDouble());
        }

        Recipe withRisk(
                double volatility, double shallower, Duration later, Duration laterInclusion, Duration slowerRecovery) {
            return new Recipe(
                    volatility,
                    shallower,
                    slowerRecovery,
                    later,
                    laterInclusion,
                    price,
                    supplied,
                    liquidatedShare,
                    liquidation,
                    oracleGap,
                    bonus,
                    fee,
                    lossBudget);
        }

        /** Every amount of money times a factor: of prices, or of one asset's share of a whole. */
        Recipe scaled(double amounts, double prices) {
            return new Recipe(
                    hourlyVolatility,
                    depth * amounts,
                    recovery,
                    oracleLag,
                    inclusionLag,
                    price * prices,
                    supplied * amounts,
                    liquidatedShare,
                    liquidation * amounts,
                    oracleGap,
                    bonus,
                    fee,
                    lossBudget * amounts);
        }

        ReserveInputs inputs() {
            return new ReserveInputs(
                    new ReserveInputs.Falls(
                            falls(hourlyVolatility), falls(0.8 * hourlyVolatility), falls(2 * hourlyVolatility)),
                    new ReserveInputs.Lags(oracleLag, inclusionLag, Duration.ofHours(24)),
                    new ReserveInputs.Sizes(price, supplied, liquidatedShare, liquidation),
                    Reserves.depth(depth, recovery),
                    Optional.of(new ReserveInputs.Debt(Reserves.depth(depth, recovery), 0.05)),
                    new ReserveInputs.Costs(Estimate.exact(oracleGap), 0.001, 0.005, 1),
                    new ReserveInputs.Current(bonus, fee, 0.1, 0.8),
                    new ReserveInputs.Income(lossBudget, 1e6, 1e4),
                    new Eligibility.Facts(1_000, 1e9, 1e9, false, 3, 0),
                    Eligibility.Rules.standard());
        }
    }
}

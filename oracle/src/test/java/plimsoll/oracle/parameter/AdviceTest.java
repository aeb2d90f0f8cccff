package plimsoll.oracle.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.risk.calibration.DepthCurve;
import plimsoll.risk.calibration.EfficiencyCategory;
import plimsoll.risk.calibration.Eligibility;
import plimsoll.risk.calibration.Estimate;
import plimsoll.risk.calibration.FallCurve;
import plimsoll.risk.calibration.ReserveCalibration;
import plimsoll.risk.calibration.ReserveInputs;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;

class AdviceTest {

    /** Costs 0.0181 of a bonus of 0.05; 123 457 of bad debt against 1 000 000 of interest; half lost if worthless. */
    private static final ReserveParameters MADE = ReserveCalibration.of(inputs());

    @Test
    void roundsToTheSafeSides() {
        Advice advice = Advice.of(MADE, new Bps(7_000));

        assertThat(advice.standing()).isEqualTo(Advice.Standing.ISOLATED);
        // 1 - 0.0181 / 0.05 = 0.638
        assertThat(advice.liquidationProtocolFee())
                .hasValueSatisfying(fee -> assertThat(fee.raw()).isBetween(6_379, 6_380));
        // 0.123457, up.
        assertThat(advice.reserveFactor()).hasValue(new Bps(1_235));
        // 100 000.007 / 0.5 = 200 000.014, down to cents.
        assertThat(advice.debtCeiling()).hasValue(BaseValue.parse("200000.01"));
        assertThat(advice.reasons()).anyMatch(reason -> reason.contains("if the asset becomes worthless"));
    }

    @Test
    void leavesAFeeThatLiquidatorsCanBear() {
        assertThat(Advice.of(MADE, new Bps(1_000)).liquidationProtocolFee()).isEmpty();
    }

    @Test
    void carriesACategoryThatTheContractAccepts() {
        Advice advice = Advice.of(MADE, new Bps(1_000))
                .with(new EfficiencyCategory.Answer.Formed(0.99, 0.95, 0.0100001, List.of("what wstETH bears")));

        // A bonus of 101 bps leaves room for 100 000 000 / 10 101 = 9 900.009.
        assertThat(advice.efficiencyMode())
                .hasValue(new Advice.EfficiencyMode(new Bps(9_500), new Bps(9_900), new Bps(101)));
        assertThat(advice.with(new EfficiencyCategory.Answer.Refused(List.of("no peg")))
                        .efficiencyMode())
                .isEmpty();
    }

    @Test
    void takesTheClosedFormsWholeAnswerThroughTheDoor() {
        CollateralParameters now =
                new CollateralParameters(new Bps(8_000), new Bps(8_250), new Bps(500), 10_000_000, 0);
        StabilityRule thresholds =
                new StabilityRule(new Bps(50), new Bps(300), new Bps(100), new Bps(9_000), new Bps(1_000));

        Recommendation made = Recommendation.of(ModelAnswer.of(MADE), now, ReserveRule.of(thresholds));

        // LT* = 0.9 * 0.995 / 1.05 = 0.852857, loosened by 100; LTV* = 0.8 * LT*: 100 bps of 8 350 * 6 822 / 8 528 and
        // a cut of 300.
        // Bonus b* = 0.0181 / 0.9 = 0.02011 -> 202, a step of 100 down. Supply cap 2 * 5 M of 1 each.
        assertThat(made.parameters())
                .isEqualTo(new CollateralParameters(new Bps(7_700), new Bps(8_350), new Bps(400), 10_000_000, 0));
    }

    private static ReserveInputs inputs() {
        FallCurve tenth = horizon -> Estimate.exact(0.10);
        return new ReserveInputs(
                new ReserveInputs.Falls(tenth, horizon -> Estimate.exact(0.20), tenth),
                new ReserveInputs.Lags(Duration.ofMinutes(20), Duration.ofMinutes(10), Duration.ofHours(24)),
                new ReserveInputs.Sizes(1, 1e6, 0.2, 1e6),
                new DepthCurve(value -> value / 1e8, impact -> impact * 1e8, Duration.ofMinutes(30)),
                Optional.empty(),
                new ReserveInputs.Costs(Estimate.exact(0.005), 0.001, 0.0021, 1),
                new ReserveInputs.Current(0.05, 0.10, 0.10, 0.8),
                new ReserveInputs.Income(100_000.007, 1e6, 123_457),
                new Eligibility.Facts(1_000, 5e6, 50e6, false, 1, 0.5),
                Eligibility.Rules.standard());
    }
}

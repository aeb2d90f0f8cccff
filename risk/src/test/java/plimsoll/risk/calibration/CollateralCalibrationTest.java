package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.calibration.CollateralCalibration.Inputs;
import plimsoll.risk.strict.SeededRandom;

class CollateralCalibrationTest {

    @Test
    void isTheClosedForm() {
        var result = CollateralCalibration.of(new Inputs(0.10, 0.20, 0.005, 0.03, 0.001, 0.009, 0.10, 1, 0));

        // b* = (0.03 + 0.005 + 0.001 + 0.009) / 0.9 = 0.05
        // LT* = 0.9 · 0.995 / 1.05 = 0.852857142857, below the toxicity bound 1 / 1.05 = 0.952380952381
        // LTV* = 0.852857142857 · 0.8 = 0.682285714286
        assertThat(result.neededBonus()).isCloseTo(0.05, within(1e-15));
        assertThat(result.solvencyBound()).isCloseTo(0.852857142857, within(1e-12));
        assertThat(result.toxicityBound()).isCloseTo(0.952380952381, within(1e-12));
        assertThat(result.liquidationThreshold()).isEqualTo(result.solvencyBound());
        assertThat(result.ltv()).isCloseTo(0.682285714286, within(1e-12));
        assertThat(result.reasons()).anyMatch(reason -> reason.contains("bonus of 5.00 %"));
    }

    @Test
    void bearsTheBonusThatTheReserveAlreadyPays() {
        var result = CollateralCalibration.of(new Inputs(0.10, 0.20, 0.005, 0.03, 0.001, 0.009, 0.10, 1, 0.10));

        // LT* = 0.9 · 0.995 / 1.10 = 0.814090909091
        assertThat(result.bonus()).isEqualTo(0.10);
        assertThat(result.liquidationThreshold()).isCloseTo(0.814090909091, within(1e-12));
    }

    @Test
    void toxicityBindsWhereSalesMoveThePrice() {
        var result = CollateralCalibration.of(new Inputs(0.01, 0, 0, 0, 0, 0, 0, 1.25, 0.05));

        // 1 / (1.05 · 1.25) = 0.761904761905 is below 0.99 / 1.05 = 0.942857142857
        assertThat(result.liquidationThreshold()).isCloseTo(0.761904761905, within(1e-12));
        assertThat(result.reasons()).anyMatch(reason -> reason.contains("would lower the health factor"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void moreRiskNeverRaisesAParameter(long seed) {
        var random = new SeededRandom(seed);
        for (var round = 0; round < 200; round++) {
            var inputs = random(random);
            var riskier = riskier(inputs, random);

            var before = CollateralCalibration.of(inputs);
            var after = CollateralCalibration.of(riskier);

            assertThat(after.liquidationThreshold()).isLessThanOrEqualTo(before.liquidationThreshold());
            assertThat(after.ltv()).isLessThanOrEqualTo(before.ltv());
            assertThat(after.ltv()).isLessThanOrEqualTo(after.liquidationThreshold());
            assertThat(after.liquidationThreshold() * (1 + after.bonus())).isLessThanOrEqualTo(1 + 1e-15);
        }
    }

    @Test
    void refusesWhatIsNoFraction() {
        assertThatThrownBy(() -> new Inputs(1.5, 0, 0, 0, 0, 0, 0, 1, 0)).hasMessageContaining("liquidationShortfall");
        assertThatThrownBy(() -> new Inputs(0, Double.NaN, 0, 0, 0, 0, 0, 1, 0))
                .hasMessageContaining("userValueAtRisk");
        assertThatThrownBy(() -> new Inputs(0, 0, 0, 0, 0, 0, 1, 1, 0)).hasMessageContaining("protocolShareOfBonus");
        assertThatThrownBy(() -> new Inputs(0, 0, 0, 0, 0, 0, 0, 0.9, 0)).hasMessageContaining("impactMultiplier");
    }

    private static Inputs random(RandomGenerator random) {
        return new Inputs(
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble() * 0.1,
                random.nextDouble() * 0.2,
                random.nextDouble() * 0.01,
                random.nextDouble() * 0.02,
                random.nextDouble() * 0.5,
                1 + random.nextDouble(),
                random.nextDouble() * 0.15);
    }

    private static Inputs riskier(Inputs inputs, RandomGenerator random) {
        return new Inputs(
                inputs.liquidationShortfall() + (1 - inputs.liquidationShortfall()) * random.nextDouble(),
                inputs.userValueAtRisk() + (1 - inputs.userValueAtRisk()) * random.nextDouble(),
                inputs.oracleGap() + random.nextDouble() * 0.1,
                inputs.slippage() + random.nextDouble() * 0.1,
                inputs.gasShare() + random.nextDouble() * 0.01,
                inputs.liquidatorMargin() + random.nextDouble() * 0.01,
                inputs.protocolShareOfBonus(),
                inputs.impactMultiplier() + random.nextDouble(),
                inputs.currentBonus());
    }
}

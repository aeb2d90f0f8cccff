package plimsoll.risk.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.risk.Samples;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.RiskMeasures.Estimate;
import plimsoll.risk.forecast.RiskMeasures.Settings;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.StudentT;

class RiskMeasuresTest {

    private static final double[] RETURNS = Samples.garchT(2000, 1);
    private static final Settings QUICK = new Settings(List.of(1, 3), List.of(0.99, 0.999), 4000, 20, 1024, 5);

    @Test
    void repeatsItsBitsForASeed() {
        var marginal = FilteredHistoricalSimulation.of(RETURNS, FilteredHistoricalSimulation.Settings.DEFAULT)
                .marginal();

        assertThat(RiskMeasures.of(marginal, QUICK)).isEqualTo(RiskMeasures.of(marginal, QUICK));
    }

    @Test
    void allHorizonsAtOnceEqualOneAtATime() {
        var simulation = FilteredHistoricalSimulation.of(RETURNS, FilteredHistoricalSimulation.Settings.DEFAULT);

        var measures = RiskMeasures.of(simulation.marginal(), QUICK);
        var alone = simulation.losses(new Horizon(3, 4000, 5));
        var day = ForecastModel.FHS
                .forecaster(0.99, new Horizon(1, 100, 1))
                .fit(RETURNS)
                .forecast();

        assertThat(measures).hasSize(4);
        assertThat(measures.get(0).valueAtRisk().value()).isCloseTo(day.valueAtRisk(), within(1e-15));
        assertThat(measures.get(0).expectedShortfall().value()).isCloseTo(day.expectedShortfall(), within(1e-15));
        assertThat(measures.get(2).valueAtRisk().value()).isEqualTo(alone.valueAtRisk(0.99));
        assertThat(measures.get(2).expectedShortfall().value()).isEqualTo(alone.expectedShortfall(0.99));
    }

    @Test
    void fallsAreTheLossesAsFractions() {
        var marginal = FilteredHistoricalSimulation.of(RETURNS, FilteredHistoricalSimulation.Settings.DEFAULT)
                .marginal();

        assertThat(RiskMeasures.of(marginal, QUICK)).allSatisfy(measure -> {
            assertThat(measure.fallAtRisk().value())
                    .isCloseTo(1 - StrictMath.exp(-measure.valueAtRisk().value()), within(1e-12));
            assertThat(measure.fallShortfall().value())
                    .isBetween(
                            measure.fallAtRisk().value(),
                            1 - StrictMath.exp(-measure.expectedShortfall().value()));
            assertThat(List.of(measure.valueAtRisk(), measure.expectedShortfall(), measure.fallShortfall()))
                    .allSatisfy(estimate -> assertThat(estimate.value()).isBetween(estimate.low(), estimate.high()));
        });
    }

    /** Shocks alone, so that the truth is known: t₅ residuals, a filter without error, one period. */
    @Test
    void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
        var settings = new Settings(List.of(1), List.of(0.99), 1000, 25, 1000, 1);
        var truth = StudentT.quantile(0.99, 5);
        var held = 0;
        for (var sample = 0; sample < 60; sample++) {
            var random = new SeededRandom(17, sample);
            var residuals =
                    random.doubles(1000).map(u -> StudentT.quantile(u, 5)).toArray();
            var marginal = Marginal.filtered(0, (h, z) -> h, 1, residuals, 0.10);

            var interval = RiskMeasures.of(marginal, settings).getFirst().valueAtRisk();

            held += holds(interval, truth) ? 1 : 0;
        }

        // 57 expected of 60; three standard deviations of a binomial are 5.
        assertThat(held).isGreaterThanOrEqualTo(52);
    }

    private static boolean holds(Estimate interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> Settings.of(List.of(4, 1), 1)).hasMessageContaining("strictly increasing");
        assertThatThrownBy(() -> Settings.of(List.of(), 1)).hasMessageContaining("no horizons");
        assertThatThrownBy(() -> new Settings(List.of(1), List.of(0.99), 10, 20, 1000, 1))
                .hasMessageContaining("too few paths");
    }
}

package plimsoll.risk.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.risk.Samples;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Settings;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.strict.StudentT;
import plimsoll.risk.volatility.GarchSpecification;

class FilteredHistoricalSimulationTest {

    private static final double[] RETURNS = Samples.garchT(2000, 1);

    @Test
    void repeatsItsBitsForASeed() {
        var first = FilteredHistoricalSimulation.of(RETURNS, Settings.DEFAULT).losses(new Horizon(5, 3000, 9));
        var second = FilteredHistoricalSimulation.of(RETURNS, Settings.DEFAULT).losses(new Horizon(5, 3000, 9));
        var other = FilteredHistoricalSimulation.of(RETURNS, Settings.DEFAULT).losses(new Horizon(5, 3000, 10));

        assertThat(second.expectedShortfall(0.99)).isEqualTo(first.expectedShortfall(0.99));
        assertThat(other.expectedShortfall(0.99)).isNotEqualTo(first.expectedShortfall(0.99));
    }

    @Test
    void aBlockOfPathsDoesNotDependOnHowManyFollow() {
        var simulation = FilteredHistoricalSimulation.of(RETURNS, Settings.DEFAULT);

        var small = simulation.losses(new Horizon(3, FilteredHistoricalSimulation.BLOCK, 4));
        var large = simulation.losses(new Horizon(3, 3 * FilteredHistoricalSimulation.BLOCK, 4));

        var all = Arrays.stream(range(large.size()))
                .map(rank -> large.worst((int) rank))
                .toArray();
        for (var rank = 0; rank < small.size(); rank += 100) {
            assertThat(all).contains(small.worst(rank));
        }
    }

    @Test
    void onePeriodBySimulationEqualsOnePeriodByFormula() {
        var simulation = FilteredHistoricalSimulation.of(RETURNS, Settings.DEFAULT);
        var byFormula = ForecastModel.FHS
                .forecaster(0.99, new Horizon(1, 100, 1))
                .fit(RETURNS)
                .forecast();

        var losses = simulation.losses(new Horizon(1, 200_000, 1));

        assertThat(losses.valueAtRisk(0.99)).isCloseTo(byFormula.valueAtRisk(), within(0.02 * byFormula.valueAtRisk()));
        assertThat(losses.expectedShortfall(0.99))
                .isCloseTo(byFormula.expectedShortfall(), within(0.03 * byFormula.expectedShortfall()));
    }

    @Test
    void fallsAreFractionsAndGrowWithTheHorizon() {
        var simulation = FilteredHistoricalSimulation.of(RETURNS, Settings.DEFAULT);

        var day = simulation.falls(new Horizon(1, 20_000, 2));
        var week = simulation.falls(new Horizon(7, 20_000, 2));

        assertThat(week.expectedShortfall(0.99)).isBetween(day.expectedShortfall(0.99) * 1.5, 1.0);
        assertThat(week.worst(week.size() - 1)).isZero();
        var logLoss = simulation.losses(new Horizon(1, 20_000, 2)).valueAtRisk(0.99);
        assertThat(day.valueAtRisk(0.99)).isCloseTo(1 - StrictMath.exp(-logLoss), within(1e-12));
    }

    @Test
    void withoutATailShareItResamplesHistoryAlone() {
        var simulation = FilteredHistoricalSimulation.of(RETURNS, new Settings(GarchSpecification.GARCH_NORMAL, 0));

        assertThat(simulation.lossTail()).isEmpty();
        assertThat(simulation.losses(new Horizon(1, 1000, 3)).expectedShortfall(0.99))
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(ForecastModel.class)
    void everyModelForecastsAndMovesOn(ForecastModel model) {
        var fitted = model.forecaster(0.99, new Horizon(1, 1000, 1)).fit(Arrays.copyOf(RETURNS, 1000));

        var calm = fitted.forecast();
        fitted.observe(-0.25);
        var shaken = fitted.forecast();

        // t₅ scaled to variance 1 at 3 % a day: q₀.₉₉ = 3.365·√0.6 = 2.61, so about 8 % and 10 %.
        assertThat(calm.valueAtRisk()).isBetween(0.03, 0.20);
        assertThat(calm.expectedShortfall()).isGreaterThan(calm.valueAtRisk());
        assertThat(shaken.expectedShortfall()).isGreaterThan(calm.expectedShortfall());
    }

    @Test
    void parametricForecastsAreTheTextbookMultiples() {
        var normal = ForecastModel.EWMA
                .forecaster(0.99, new Horizon(4, 100, 1))
                .fit(RETURNS)
                .forecast();
        var day = ForecastModel.EWMA
                .forecaster(0.99, new Horizon(1, 100, 1))
                .fit(RETURNS)
                .forecast();

        // ES/VaR of the normal at 99 %: φ(2.326348)/0.01/2.326348 = 2.665214/2.326348 = 1.145664; four days are √4 of
        // one.
        assertThat(normal.expectedShortfall() / normal.valueAtRisk()).isCloseTo(1.145664, within(1e-6));
        assertThat(normal.valueAtRisk()).isCloseTo(2 * day.valueAtRisk(), within(1e-15));
        assertThat(StudentT.quantile(0.99, 1e6)).isCloseTo(SpecialFunctions.normalQuantile(0.99), within(1e-4));
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> ForecastModel.GARCH.forecaster(0.99, new Horizon(2, 100, 1)))
                .hasMessageContaining("one period only");
        assertThatThrownBy(() -> new Horizon(0, 1000, 1)).hasMessageContaining("too small");
        assertThatThrownBy(() -> new Settings(GarchSpecification.GARCH_T, 0.4)).hasMessageContaining("tail share");
    }

    private static double[] range(int size) {
        var ranks = new double[size];
        for (var i = 0; i < size; i++) {
            ranks[i] = i;
        }
        return ranks;
    }
}

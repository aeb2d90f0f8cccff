package plimsoll.risk.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.risk.Samples;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.selection.ModelSelection.Contest;
import plimsoll.risk.series.ReturnSeries;

/** Nothing before a moment depends on what comes after it, to the bit: the future is replaced by absurdities. */
class NoLookAheadTest {

    private static final int SIZE = 620;
    private static final int NOW = 560;
    private static final Backtest.Settings WALK = new Backtest.Settings(500, 300, 1, 40, Instant.MIN, Instant.MAX);
    private static final double[] PAST = Samples.garchT(SIZE, 8);

    @ParameterizedTest
    @EnumSource(ForecastModel.class)
    void forecastsUpToNowDoNotKnowTheFuture(ForecastModel model) {
        var forecaster = model.forecaster(0.99, new Horizon(1, 1000, 1));

        var untouched = untilNow(Backtest.run(Samples.daily(PAST), forecaster, WALK, done -> {}));
        var poisoned = untilNow(Backtest.run(poisoned(), forecaster, WALK, done -> {}));

        assertThat(untouched).hasSize(NOW - 300 + 1);
        for (var t = 0; t < untouched.size(); t++) {
            var isNext = t == untouched.size() - 1;
            assertThat(bits(poisoned.get(t), isNext)).isEqualTo(bits(untouched.get(t), isNext));
        }
    }

    @Test
    void aWalkThatEndsNowIsTheSameWhateverFollows() {
        var walk = new Backtest.Settings(500, 300, 1, 40, Instant.MIN, Samples.START.plus(Duration.ofDays(NOW)));
        var contest = new Contest(
                ForecastModel.CHAMPION,
                List.of(ForecastModel.HISTORICAL, ForecastModel.EWMA, ForecastModel.FHS_GJR),
                walk,
                new ModelSelection.Settings(0.99, 0.05, 200, 1));

        var untouched = ModelSelection.select(Samples.daily(PAST), contest, done -> {});
        var poisoned = ModelSelection.select(poisoned(), contest, done -> {});

        assertThat(poisoned).isEqualTo(untouched);
        assertThat(untouched.candidates()).hasSize(4);
    }

    /** From now on every price is absurd: jumps by factors of a million, up and down. */
    private static ReturnSeries poisoned() {
        var returns = PAST.clone();
        for (var t = NOW; t < SIZE; t++) {
            returns[t] = t % 2 == 0 ? 13.8 : -14.1;
        }
        return Samples.daily(returns);
    }

    /** The forecasts whose horizon began before now; the last one's loss already lies in the future. */
    private static List<Outcome> untilNow(List<Outcome> outcomes) {
        return outcomes.subList(0, NOW - 300 + 1);
    }

    private static long[] bits(Outcome outcome, boolean isNext) {
        return Arrays.stream(new double[] {
                    isNext ? 0 : outcome.loss(), outcome.valueAtRisk(), outcome.expectedShortfall(), outcome.variance()
                })
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
    }
}

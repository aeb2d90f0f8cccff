package plimsoll.risk.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plimsoll.risk.Samples;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.backtest.Backtest.Settings;
import plimsoll.risk.backtest.TrafficLight.Zone;
import plimsoll.risk.forecast.FilteredHistoricalSimulation.Horizon;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.tail.LossForecast;
import plimsoll.risk.tail.LossForecaster;

class BacktestTest {

    private static final Horizon DAY = new Horizon(1, 1000, 1);

    @Test
    void forecastsKnowOnlyThePast() {
        var returns = Samples.daily(
                IntStream.range(0, 60).mapToDouble(i -> i / 1000.0).toArray());
        var seen = new ArrayList<String>();
        LossForecaster recorder = history -> {
            seen.add("fit %.0f..%.0f".formatted(1000 * history[0], 1000 * history[history.length - 1]));
            return new LossForecaster.Fitted() {
                @Override
                public LossForecast forecast() {
                    seen.add("forecast");
                    return new LossForecast(1, 2);
                }

                @Override
                public double variance() {
                    return 1;
                }

                @Override
                public void observe(double logReturn) {
                    seen.add("observe %.0f".formatted(1000 * logReturn));
                }
            };
        };
        var settings = new Settings(50, 2, 2, Instant.MIN, Samples.START.plus(Duration.ofDays(58)));

        var outcomes = Backtest.run(returns, recorder, settings, done -> {});

        assertThat(seen)
                .containsExactly(
                        "fit 0..49",
                        "forecast",
                        "observe 50",
                        "observe 51",
                        "forecast",
                        "observe 52",
                        "observe 53",
                        "fit 4..53",
                        "forecast",
                        "observe 54",
                        "observe 55");
        assertThat(outcomes).hasSize(Backtest.count(returns, settings)).hasSize(3);
        assertThat(outcomes.getFirst().loss()).isCloseTo(-0.101, within(1e-9));
    }

    @Test
    void aTrueModelPassesAndANaiveOneFails() {
        var returns = Samples.daily(Samples.garchT(3000, 21));
        var settings = new Settings(1000, 1, 20, Instant.MIN, Instant.MAX);

        var champion = report(returns, ForecastModel.CHAMPION, settings);
        var ewma = report(returns, ForecastModel.EWMA, settings);

        assertThat(champion.observations()).isEqualTo(2000);
        assertThat(champion.kupiec().probability()).isGreaterThan(0.05);
        assertThat(champion.conditionalCoverage().probability()).isGreaterThan(0.01);
        assertThat(champion.acerbiSzekely().probability()).isGreaterThan(0.01);
        assertThat(champion.trafficLight().red()).isZero();
        assertThat(ewma.kupiec().probability()).isLessThan(0.01);
        assertThat(ewma.acerbiSzekely().probability()).isLessThan(0.01);
        assertThat(champion.fisslerZiegelScore()).isLessThan(ewma.fisslerZiegelScore());
    }

    @Test
    void kupiecByHand() {
        var none = CoverageTest.kupiec(250, 0, 0.99);
        var exact = CoverageTest.kupiec(200, 2, 0.99);

        // −2·250·ln 0.99 = 5.025168
        assertThat(none.likelihoodRatio()).isCloseTo(5.025168, within(1e-6));
        assertThat(exact.likelihoodRatio()).isCloseTo(0, within(1e-12));
        assertThat(exact.probability()).isCloseTo(1, within(1e-6));
    }

    @Test
    void christoffersenRejectsClusters() {
        var spread = new boolean[500];
        var clustered = new boolean[500];
        for (var i = 0; i < 5; i++) {
            spread[50 + 90 * i] = true;
            clustered[200 + i] = true;
        }

        assertThat(CoverageTest.christoffersen(spread).probability()).isGreaterThan(0.5);
        assertThat(CoverageTest.christoffersen(clustered).probability()).isLessThan(1e-6);
        assertThat(CoverageTest.christoffersen(new boolean[500]).probability()).isEqualTo(1);
    }

    @Test
    void trafficLightCountsEveryWindow() {
        var exceptions = new boolean[260];
        Arrays.fill(exceptions, 0, 5, true);

        var light = TrafficLight.of(exceptions, 0.99);

        // Eleven windows: only the first still holds all five exceptions.
        assertThat(light).isEqualTo(new TrafficLight(10, 1, 0));
        assertThat(TrafficLight.zone(4, 0.99)).isEqualTo(Zone.GREEN);
        assertThat(TrafficLight.zone(9, 0.99)).isEqualTo(Zone.YELLOW);
        assertThat(TrafficLight.zone(10, 0.99)).isEqualTo(Zone.RED);
        assertThat(TrafficLight.of(new boolean[249], 0.99)).isEqualTo(new TrafficLight(0, 0, 0));
    }

    @Test
    void anExpandingWindowStartsWithTheFewestAndStopsAtTheMost() {
        var seen = new ArrayList<Integer>();
        LossForecaster recorder = history -> {
            seen.add(history.length);
            return ForecastModel.HISTORICAL.forecaster(0.99, DAY).fit(history);
        };
        var returns = Samples.daily(Samples.garchT(110, 3));

        var outcomes =
                Backtest.run(returns, recorder, new Settings(80, 60, 1, 10, Instant.MIN, Instant.MAX), done -> {});

        assertThat(seen).containsExactly(60, 70, 80, 80, 80);
        assertThat(outcomes).hasSize(50);
        assertThat(outcomes.getFirst().time()).isEqualTo(returns.time(60));
    }

    @Test
    void yearsAndTheLastOutcomesAreTheOutcomesAgain() {
        var outcomes = new ArrayList<Outcome>();
        for (var day = 0; day < 800; day++) {
            outcomes.add(new Outcome(Samples.START.plus(Duration.ofDays(day)), day % 100 == 0 ? 3 : 1, 2, 2.5));
        }

        var report = BacktestReport.of(outcomes, 0.99);

        assertThat(report.years().stream().map(BacktestReport.Year::year)).containsExactly(2020, 2021, 2022);
        assertThat(report.years().stream().map(BacktestReport.Year::observations))
                .containsExactly(366, 365, 69);
        assertThat(report.years().stream().map(BacktestReport.Year::exceptions)).containsExactly(4, 4, 0);
        assertThat(report.rateRatio()).isCloseTo(1, within(1e-12));
        assertThat(report.recent()).hasSize(500).isEqualTo(outcomes.subList(300, 800));
    }

    @Test
    void shortfallStatisticsByHand() {
        var outcomes =
                List.of(new Outcome(Instant.EPOCH, 3, 2, 2.5), new Outcome(Instant.EPOCH.plusSeconds(1), 1, 2, 2.5));

        // Z₂ = 1 − (3/2.5)/(2·0.5) = −0.2; FZ0 = ½(1/(0.5·2.5)) + 2/2.5 + ln 2.5 − 1 = 0.4 + 0.8 + 0.9162907 − 1
        assertThat(ShortfallTest.acerbiSzekely(outcomes, 0.5).z2()).isCloseTo(-0.2, within(1e-12));
        assertThat(ShortfallTest.fisslerZiegel(outcomes, 0.5)).isCloseTo(1.1162907, within(1e-7));
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new Settings(100, 101, 1, 1, Instant.MIN, Instant.MAX))
                .hasMessageContaining("too small");
        assertThatThrownBy(() -> new Settings(10, 1, 1, Instant.MIN, Instant.MAX))
                .hasMessageContaining("too small");
        assertThatThrownBy(() -> BacktestReport.of(List.of(), 0.99)).hasMessageContaining("nothing was tested");
    }

    private static BacktestReport report(
            plimsoll.risk.series.ReturnSeries returns, ForecastModel model, Settings settings) {
        return BacktestReport.of(Backtest.run(returns, model.forecaster(0.99, DAY), settings, done -> {}), 0.99);
    }
}

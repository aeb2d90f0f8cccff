package plimsoll.risk.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.risk.Samples;
import plimsoll.risk.backtest.Backtest;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.forecast.ForecastModel;
import plimsoll.risk.selection.ModelSelection.Candidate;
import plimsoll.risk.selection.ModelSelection.Contest;
import plimsoll.risk.selection.ModelSelection.Settings;
import plimsoll.risk.selection.ModelSelection.Walk;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.strict.StudentT;

class ModelSelectionTest {

    private static final Settings QUICK = new Settings(0.975, 0.05, 200, 3);

    @Test
    void aWrongChampionIsFollowedByTheTrueModel() {
        // Calm for 1,000 days, then three times as volatile: past losses know nothing of it for long.
        var logReturns = Samples.garchT(2000, 31);
        for (var t = 1000; t < logReturns.length; t++) {
            logReturns[t] *= 3;
        }
        var returns = Samples.daily(logReturns);
        var walk = new Backtest.Settings(1000, 1, 50, Instant.MIN, Instant.MAX);
        var rivals = List.of(ForecastModel.GARCH_T, ForecastModel.FHS);

        var selection = ModelSelection.select(
                returns, new Contest(ForecastModel.HISTORICAL, rivals, walk, Settings.DEFAULT), done -> {});
        var back = ModelSelection.select(
                returns,
                new Contest(ForecastModel.FHS, List.of(ForecastModel.HISTORICAL), walk, Settings.DEFAULT),
                done -> {});

        assertThat(selection.isSwitched()).isTrue();
        assertThat(selection.champion()).isIn("GARCH_T", "FHS");
        assertThat(selection.reason())
                .startsWith(selection.champion() + " follows: significantly better: FZ0")
                .contains("Diebold-Mariano p=", "confidence set p=", "QLIKE");
        assertThat(selection.candidates()).extracting(Candidate::model).containsExactly("HISTORICAL", "GARCH_T", "FHS");
        assertThat(selection.candidates().getFirst().isInConfidenceSet()).isFalse();
        assertThat(back.isSwitched()).isFalse();
        assertThat(back.reason()).isEqualTo("FHS stays: no challenger has a lower FZ0");
    }

    /** Two challengers as good as the champion, each wrong by noise of its own, and one that knows the truth. */
    @Test
    void switchesSeldomWithoutReasonAndNearlyAlwaysWithOne() {
        var withoutReason = 0;
        var withReason = 0;
        for (var trial = 0; trial < 100; trial++) {
            var world = new World(trial, 750);
            var equals =
                    List.of(world.walk("champion", 0, 0.3), world.walk("second", 0, 0.3), world.walk("third", 0, 0.3));
            var better = List.of(world.walk("champion", -0.4, 0.3), world.walk("truth", 0, 0));
            withoutReason += ModelSelection.select("champion", equals, QUICK).isSwitched() ? 1 : 0;
            withReason += ModelSelection.select("champion", better, QUICK).isSwitched() ? 1 : 0;
        }

        // At most 5 of 100, three standard deviations 6.5.
        assertThat(withoutReason).isLessThanOrEqualTo(11);
        assertThat(withReason).isGreaterThan(70);
    }

    @Test
    void tooFewForecastsChangeNothing() {
        var world = new World(1, 100);

        var selection = ModelSelection.select(
                "champion", List.of(world.walk("champion", -1, 0), world.walk("truth", 0, 0)), QUICK);

        assertThat(selection.isSwitched()).isFalse();
        assertThat(selection.reason()).contains("100 forecasts are too few");
    }

    @Test
    void aBetterTailDoesNotPayForAWorseVariance() {
        var world = new World(4, 2000);
        var champion = world.walk("champion", -0.4, 0);
        var other = world.walk("other", 0, 0);
        // The right quantiles, but a variance e⁴ times too large.
        var wrongVariance = new Walk(
                "other",
                other.outcomes().stream()
                        .map(o -> new Outcome(
                                o.time(),
                                o.loss(),
                                o.valueAtRisk(),
                                o.expectedShortfall(),
                                o.variance() * StrictMath.exp(4)))
                        .toList());

        var selection = ModelSelection.select("champion", List.of(champion, wrongVariance), QUICK);

        assertThat(selection.isSwitched()).isFalse();
        assertThat(selection.reason()).contains("its variance is significantly worse");
    }

    @Test
    void refusesNonsense() {
        var world = new World(1, 300);
        var later = new World(1, 299);

        assertThatThrownBy(() -> ModelSelection.select("nobody", List.of(world.walk("a", 0, 0)), QUICK))
                .hasMessageContaining("did not walk");
        assertThatThrownBy(
                        () -> ModelSelection.select("a", List.of(world.walk("a", 0, 0), later.walk("b", 0, 0)), QUICK))
                .hasMessageContaining("same days");
        assertThatThrownBy(() -> new Settings(0.99, 0.7, 1000, 1)).hasMessageContaining("out of range");
    }

    /** Losses t₅ with a volatility that swings; a model sees its logarithm with a bias and with noise. */
    private static final class World {

        private final int seed;
        private final double[] shocks;

        World(int seed, int size) {
            this.seed = seed;
            shocks = new SeededRandom(41, seed)
                    .doubles(size)
                    .map(u -> Math.sqrt(0.6) * StudentT.quantile(u, 5))
                    .toArray();
        }

        Walk walk(String model, double bias, double noise) {
            var errors = new SeededRandom(model.hashCode(), seed);
            var scale = Math.sqrt(0.6);
            var q = StudentT.quantile(0.975, 5);
            var shortfall = scale * StudentT.density(q, 5) * (5 + q * q) / (4 * 0.025);
            var outcomes = new ArrayList<Outcome>();
            for (var t = 0; t < shocks.length; t++) {
                var volatility = 0.03 * (1.5 + StrictMath.sin(t / 40.0));
                var seen = volatility
                        * StrictMath.exp(bias + noise * SpecialFunctions.normalQuantile(errors.nextDouble()));
                outcomes.add(new Outcome(
                        Instant.EPOCH.plus(Duration.ofDays(t)),
                        volatility * shocks[t],
                        seen * scale * q,
                        seen * shortfall,
                        seen * seen));
            }
            return new Walk(model, outcomes);
        }
    }
}

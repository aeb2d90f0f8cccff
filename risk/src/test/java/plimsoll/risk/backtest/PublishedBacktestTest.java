package plimsoll.risk.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;
import plimsoll.risk.backtest.Backtest.Outcome;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.strict.StudentT;

/** Against the published examples of the reference file: MathWorks, Kupiec (1995), the Basel Committee (1996). */
class PublishedBacktestTest {

    @Test
    void kupiecEqualsThePublishedCases() throws IOException {
        for (var example :
                ReferenceData.json("backtest_reference.json").get("kupiec_pof").get("cases")) {
            var level = 1 - example.get("p").asDouble();

            var test = CoverageTest.kupiec(
                    example.get("n").asInt(), example.get("x").asInt(), level);

            assertThat(test.likelihoodRatio()).isCloseTo(example.get("LR").asDouble(), within(5e-5));
            assertThat(test.probability()).isCloseTo(example.get("pvalue").asDouble(), within(5e-6));
        }
    }

    @Test
    void kupiecRejectsOutsideThePublishedRegions() throws IOException {
        var table = ReferenceData.json("backtest_reference.json")
                .get("kupiec_1995_nonrejection_95pct")
                .get("p");
        for (var p : table.properties()) {
            for (var size : p.getValue().properties()) {
                // "N<7" or "6<N<21": checked on the upper side, one beyond the bound, where the table rounds.
                var region = size.getValue().asText();
                var level = 1 - Double.parseDouble(p.getKey());
                var forecasts = Integer.parseInt(size.getKey());
                var high = Integer.parseInt(region.substring(region.indexOf("N<") + 2));
                assertThat(CoverageTest.kupiec(forecasts, high - 2, level).probability())
                        .describedAs("%s %s", p, size)
                        .isGreaterThan(0.05);
                assertThat(CoverageTest.kupiec(forecasts, high + 1, level).probability())
                        .describedAs("%s %s", p, size)
                        .isLessThan(0.05);
            }
        }
    }

    @Test
    void christoffersenEqualsThePublishedCase() throws IOException {
        var example = ReferenceData.json("backtest_reference.json").get("christoffersen_cci");

        var test = CoverageTest.christoffersen(
                example.get("N00").asInt(),
                example.get("N01").asInt(),
                example.get("N10").asInt(),
                example.get("N11").asInt());

        assertThat(test.likelihoodRatio()).isCloseTo(example.get("LR").asDouble(), within(5e-6));
        assertThat(test.probability()).isCloseTo(example.get("pvalue").asDouble(), within(5e-6));
    }

    @Test
    void baselZonesEqualThePublishedTable() throws IOException {
        var table = ReferenceData.json("backtest_reference.json")
                .get("basel_traffic_light")
                .get("cumulative_pct");
        for (var row : table.properties()) {
            var exceptions = Integer.parseInt(row.getKey());
            assertThat(100 * TrafficLight.cumulativeProbability(exceptions, 250, 0.01))
                    .isCloseTo(row.getValue().asDouble(), within(5.1e-5));
        }
    }

    @Test
    void criticalValuesOfAcerbiAndSzekelyComeOut() throws IOException {
        var table = ReferenceData.json("acerbi_szekely_z2_mc.json");

        var normal = criticalValue(
                table.get("normal").get("VaR").asDouble(),
                table.get("normal").get("ES").asDouble(),
                SpecialFunctions::normalQuantile);
        var t5 = criticalValue(
                table.get("t5").get("VaR").asDouble(),
                table.get("t5").get("ES").asDouble(),
                p -> StudentT.quantile(p, 5));

        // Their million histories against our 20 000: a 5 % quantile is known to about ± 0.01 then.
        assertThat(normal).isCloseTo(table.get("normal").get("Z2_crit_5pct").asDouble(), within(0.03));
        assertThat(t5).isCloseTo(table.get("t5").get("Z2_crit_5pct").asDouble(), within(0.03));
    }

    /** The 5 % quantile of Z₂ over histories of 250 days at level 97.5 %. */
    private static double criticalValue(double valueAtRisk, double shortfall, DoubleUnaryOperator quantile) {
        var random = new SeededRandom(1);
        var statistics = new double[20_000];
        for (var history = 0; history < statistics.length; history++) {
            var sum = 0.0;
            for (var day = 0; day < 250; day++) {
                var u = random.nextDouble();
                sum += u > 0.975 ? quantile.applyAsDouble(u) / shortfall : 0;
            }
            statistics[history] = 1 - sum / (250 * 0.025);
        }
        Arrays.sort(statistics);
        assertThat(valueAtRisk).isCloseTo(quantile.applyAsDouble(0.975), within(1e-9));
        return statistics[statistics.length / 20];
    }

    @Test
    void probabilityOfZ2FollowsItsSimulatedDistribution() {
        var outcomes = new ArrayList<Outcome>();
        var random = new SeededRandom(3);
        for (var day = 0; day < 250; day++) {
            var loss = SpecialFunctions.normalQuantile(random.nextDouble());
            outcomes.add(new Outcome(Instant.EPOCH.plusSeconds(day), loss, 1.9599639845400545, 2.337802792201413));
        }

        var test = ShortfallTest.acerbiSzekely(outcomes, 0.975);

        // A correct model: neither tail; the probability falls to about 5 % at the published critical value of −0.70.
        assertThat(test.probability()).isBetween(0.01, 0.99);
    }
}

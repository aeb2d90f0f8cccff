package plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;

class StressRegimesTest {

    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");

    @Test
    void findsTheWindowInWhichAssetsMovedAsOne() {
        var columns = TCopulaTest.sample(CorrelationMatrix.uniform(4, 0.3), 100, 2000, 6);
        var crash = TCopulaTest.sample(CorrelationMatrix.uniform(4, 0.9), 100, 100, 7);
        for (var i = 0; i < 4; i++) {
            System.arraycopy(crash[i], 0, columns[i], 1200, 100);
        }

        var worst = WorstWindow.of(columns, 100);

        assertThat(worst.from()).isBetween(1180, 1220);
        assertThat(worst.to() - worst.from()).isEqualTo(100);
        assertThat(worst.meanCorrelation()).isCloseTo(0.9, within(0.04));
        assertThat(worst.correlation().get(0, 3)).isCloseTo(0.9, within(0.06));
        // Usual: about 0.33 with the crash in it; (0.9 − 0.33)/(1 − 0.33) = 0.85
        assertThat(worst.towardsOne()).isCloseTo(0.85, within(0.06));
    }

    @Test
    void anAssetThatStandsStillIsUncorrelated() {
        var columns = TCopulaTest.sample(CorrelationMatrix.uniform(3, 0.8), 100, 60, 6);
        for (var row = 0; row < 40; row++) {
            columns[2][row] = 0;
        }

        var worst = WorstWindow.of(columns, 30);

        assertThat(worst.correlation().size()).isEqualTo(3);
        assertThat(worst.meanCorrelation()).isBetween(-1.0, 1.0);
    }

    @Test
    void countsEpisodesWithTheirLows() {
        var peg = Depeg.of(times(7), new double[] {1, 0.975, 0.985, 0.95, 0.995, 0.979, 1}, 0.02);

        // 0.985 is not back above 0.99: one episode with its low at 0.95, then one of 0.979.
        assertThat(peg.episodes())
                .containsExactly(new Depeg.Episode(times(7).get(3), 0.95), new Depeg.Episode(times(7).get(5), 0.979));
        assertThat(peg.meanLogSize()).isCloseTo((StrictMath.log(0.95) + StrictMath.log(0.979)) / 2, within(1e-15));
        assertThat(peg.deviationOfLogSize())
                .isCloseTo((StrictMath.log(0.979) - StrictMath.log(0.95)) / Math.sqrt(2), within(1e-15));
        // 2.5 episodes in 6 days of 365.25 a year
        assertThat(peg.annualIntensity()).isCloseTo(2.5 / 6 * 365.25, within(1e-9));
        assertThat(peg.probabilityWithin(Duration.ofDays(6))).isCloseTo(1 - StrictMath.exp(-2.5), within(1e-12));
    }

    @Test
    void aPegThatHeldCanStillBreak() {
        var peg = Depeg.of(times(400), constant(400), 0.02);

        assertThat(peg.episodes()).isEmpty();
        assertThat(peg.annualIntensity()).isCloseTo(0.5 / (399 / 365.25), within(1e-12));
        assertThat(peg.meanLogSize()).isCloseTo(StrictMath.log(0.96), within(1e-15));
        assertThat(peg.deviationOfLogSize()).isCloseTo(-StrictMath.log(0.96) / 2, within(1e-15));
        assertThatThrownBy(() -> Depeg.of(times(2), new double[] {1, 0}, 0.02))
                .hasMessageContaining("ratio is not positive");
    }

    @Test
    void pooledPegsShareEpisodesAndYears() {
        var held = Depeg.of(times(400), constant(400), 0.02);
        var ratios = constant(400);
        ratios[100] = 0.9;
        var broke = Depeg.of(times(400), ratios, 0.02);

        var pooled = Depeg.pooled(List.of(held, broke));

        assertThat(pooled.episodes()).hasSize(1);
        assertThat(pooled.annualIntensity()).isCloseTo(1.5 / (2 * 399 / 365.25), within(1e-12));
        assertThat(pooled.meanLogSize()).isEqualTo(StrictMath.log(0.9));
    }

    @Test
    void readsTheBreaksOfStakedEtherAndUsdCoin() throws IOException {
        var times = new ArrayList<Instant>();
        var ratios = new ArrayList<Double>();
        for (var row : ReferenceData.sharedRows(
                "chainlink/STETH-ETH_ethereum_0x86392dC19c0b719886221c78AB11eb8Cf5c52812_rounds.csv.gz")) {
            times.add(Instant.parse(row.get(8)));
            ratios.add(Double.parseDouble(row.get(7)));
        }
        var staked = Depeg.of(times, array(ratios), Depeg.USUAL_THRESHOLD);
        times.clear();
        ratios.clear();
        for (var row : ReferenceData.sharedRows("prices/daily/USDC-USD_coinmarketcap.csv")) {
            times.add(LocalDate.parse(row.get(0)).atStartOfDay().toInstant(ZoneOffset.UTC));
            ratios.add(Double.parseDouble(row.get(3)));
        }
        var dollar = Depeg.of(times, array(ratios), Depeg.USUAL_THRESHOLD);

        assertThat(staked.episodes()).hasSize(2);
        assertThat(staked.episodes().getFirst().low()).isEqualTo("2022-06-18T09:09:38Z");
        assertThat(staked.episodes().getFirst().ratio()).isEqualTo(0.93501933);
        assertThat(dollar.episodes()).hasSize(9);
        assertThat(dollar.episodes().getLast().low()).isEqualTo("2023-03-11T00:00:00Z");
        assertThat(dollar.episodes().getLast().ratio()).isEqualTo(0.8774);
        // Eleven and a half episodes in 2.0 + 6.7 years.
        assertThat(Depeg.pooled(List.of(staked, dollar)).annualIntensity()).isBetween(1.2, 1.4);
    }

    private static List<Instant> times(int days) {
        var times = new ArrayList<Instant>();
        for (var day = 0; day < days; day++) {
            times.add(START.plus(Duration.ofDays(day)));
        }
        return times;
    }

    private static double[] constant(int days) {
        var ratios = new double[days];
        java.util.Arrays.fill(ratios, 1);
        return ratios;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

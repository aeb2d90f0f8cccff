package plimsoll.risk.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.series.Ratio.Leg;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.strict.SeededRandom;

class OutliersTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsEverySpikeThatIsPlantedAndNothingElse(long seed) {
        var prices = walk(seed, 0.005);
        prices[200] *= 0.80;
        prices[500] *= 1.15;

        var judged = Outliers.of(hourly(prices));

        assertThat(judged.findings()).extracting(SeriesFinding::from).containsExactly(hour(200), hour(500));
        assertThat(judged.cleaned().size()).isEqualTo(998);
        assertThat(judged.cleaned().gaps(HOUR)).hasSize(2);
        assertThat(judged.raw().price(200)).isEqualTo(prices[200]);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCrashThatStaysIsNoOutlierNorIsOneThatComesHalfwayBack(long seed) {
        var stays = walk(seed, 0.005);
        IntStream.range(300, stays.length).forEach(i -> stays[i] *= 0.7);
        var rebounds = walk(seed, 0.005);
        IntStream.range(300, rebounds.length).forEach(i -> rebounds[i] *= i == 300 ? 0.7 : 0.85);

        assertThat(Outliers.of(hourly(stays)).findings()).isEmpty();
        assertThat(Outliers.of(hourly(rebounds)).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theScaleOfPricesChangesNothing(long seed) {
        var prices = walk(seed, 0.005);
        prices[200] *= 0.8;

        // A power of two leaves every ratio as it was, to the bit; other factors move logs by a rounding error.
        var scaled = Arrays.stream(prices).map(price -> 1024 * price).toArray();

        assertThat(Outliers.of(hourly(scaled)).findings())
                .extracting(SeriesFinding::from)
                .isEqualTo(Outliers.of(hourly(prices)).findings().stream()
                        .map(SeriesFinding::from)
                        .toList());
    }

    @Test
    void aSecondSourceConfirmsASpikeOrContradictsAPriceThatStoodStill() {
        var truth = walk(1, 0.002);
        truth[100] *= 0.85;
        var stale = truth.clone();
        IntStream.range(400, truth.length).forEach(i -> truth[i] *= 0.9);
        IntStream.range(404, stale.length).forEach(i -> stale[i] *= 0.9);

        var alone = Outliers.of(hourly(stale));
        var against = Outliers.of(hourly(stale), hourly(truth));

        assertThat(alone.findings()).extracting(SeriesFinding::from).containsExactly(hour(100));
        // At 400 the other source's neighbours still hold the price from before; from 401 it stands alone, until 403.
        assertThat(against.findings()).extracting(SeriesFinding::from).containsExactly(hour(401), hour(402), hour(403));
    }

    @Test
    void aSecondSourceThatEndedSaysNothing() {
        var prices = walk(1, 0.002);
        var second = hourly(
                Arrays.copyOf(Arrays.stream(prices).map(price -> 2 * price).toArray(), 100));

        // Two steps after its end, at hour 99, it is still asked.
        assertThat(Outliers.of(hourly(prices), second).findings()).hasSize(102);
    }

    @Test
    void refusesASecondSourceThatSawLess() {
        var prices = hourly(walk(1, 0.002));

        assertThatThrownBy(() -> Outliers.of(prices, prices.resample(Duration.ofHours(4))))
                .hasMessage("second source is coarser than the series: found=PT4H allowed=PT1H");
    }

    @Test
    void theLastPriceIsNotJudged() {
        var prices = walk(1, 0.002);
        prices[prices.length - 1] *= 0.5;
        prices[0] *= 2;

        assertThat(Outliers.of(hourly(prices)).findings()).isEmpty();
    }

    @Test
    void ratioTakesTheLastOfEachAndNothingOlderThanItsBound() {
        var rate = hourly(1.0, 1.1, 1.2);
        var base = PriceSeries.of(List.of(minute(30), minute(90), minute(300)), new double[] {2000, 2100, 2200});

        var product = Ratio.times(new Leg(rate, Duration.ofMinutes(100)), new Leg(base, HOUR));

        // At 0:00 no base; 0:30 1.0·2000; 1:00 1.1·2000; 1:30 1.1·2100; 2:00 1.2·2100; 5:00 the rate is 3 h old.
        assertThat(product.times()).containsExactly(minute(30), minute(60), minute(90), minute(120));
        assertThat(product.prices()).containsExactly(1.0 * 2000, 1.1 * 2000, 1.1 * 2100, 1.2 * 2100);
    }

    @Test
    void ratioDoesNotSeeTheFuture() {
        var rate = walk(1, 0.001);
        var base = walk(2, 0.005);
        var before = Ratio.times(new Leg(hourly(rate), HOUR), new Leg(hourly(base), HOUR));

        IntStream.range(500, rate.length).forEach(i -> rate[i] *= 7);
        IntStream.range(500, base.length).forEach(i -> base[i] *= 5);
        var poisoned = Ratio.times(new Leg(hourly(rate), HOUR), new Leg(hourly(base), HOUR));

        assertThat(Arrays.copyOf(poisoned.prices(), 500)).isEqualTo(Arrays.copyOf(before.prices(), 500));
    }

    @Test
    void oracleGapIsTheThresholdAndWhatTheMarketDidBeyondIt() {
        // 99 steps of 0.4 % (within the threshold of 0.5 %) and one of 2 %: the 99th of 100 order statistics is none
        // beyond.
        var logs = IntStream.rangeClosed(0, 100)
                .mapToDouble(i -> i * 0.004 + (i > 50 ? 0.016 : 0))
                .toArray();
        var prices = hourly(Arrays.stream(logs).map(StrictMath::exp).toArray());
        var twice = hourly(IntStream.rangeClosed(0, 100)
                .mapToDouble(i -> StrictMath.exp(logs[i] + (i > 70 ? 0.016 : 0)))
                .toArray());

        assertThat(OracleGap.observed(prices, 0.005)).isCloseTo(0.005, within(1e-12));
        assertThat(OracleGap.observed(twice, 0.005)).isCloseTo(0.005 + (0.020 - 0.005), within(1e-12));
        // Ten minutes of a lag are a sixth of an hour's move.
        assertThat(OracleGap.ofLag(twice, Duration.ofMinutes(10), 0.005)).isCloseTo(0.005 + 0.020 / 6, within(1e-12));
        assertThatThrownBy(() -> OracleGap.observed(prices, 1.5)).hasMessageContaining("not a fraction");
        assertThatThrownBy(() -> OracleGap.observed(hourly(1), 0.1)).hasMessageContaining("too short");
    }

    private static double[] walk(long seed, double volatility) {
        var random = new SeededRandom(seed, 0);
        var log = 0.0;
        var prices = new double[1000];
        for (var i = 0; i < prices.length; i++) {
            log += volatility * Lanes.normal(random.nextDouble());
            prices[i] = StrictMath.exp(log);
        }
        return prices;
    }

    private static PriceSeries hourly(double... prices) {
        return PriceSeries.of(
                IntStream.range(0, prices.length).mapToObj(OutliersTest::hour).toList(), prices);
    }

    private static Instant hour(int hour) {
        return minute(60 * hour);
    }

    private static Instant minute(int minute) {
        return Instant.EPOCH.plus(Duration.ofMinutes(minute));
    }
}

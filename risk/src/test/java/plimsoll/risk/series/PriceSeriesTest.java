package plimsoll.risk.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.risk.series.PriceSeries.Gap;
import plimsoll.risk.series.PriceSeries.GapPolicy;

class PriceSeriesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void computesLogReturns() {
        var series = series(new double[] {100, 110, 99}, "00:00", "01:00", "02:00");

        var returns = series.logReturns(HOUR, GapPolicy.EXCLUDE);

        // ln(110/100) = 0.0953101798, ln(99/110) = ln 0.9 = -0.1053605157
        assertThat(returns.logReturns()).containsExactly(new double[] {0.0953101798, -0.1053605157}, within(1e-10));
        assertThat(returns.time(1)).isEqualTo(time("02:00"));
        assertThat(returns.gaps()).isEmpty();
    }

    @Test
    void leavesOutOrKeepsTheReturnAcrossAGap() {
        var series = series(new double[] {100, 110, 99, 99}, "00:00", "01:00", "05:00", "06:00");

        var excluded = series.logReturns(HOUR, GapPolicy.EXCLUDE);
        var kept = series.logReturns(HOUR, GapPolicy.KEEP);

        assertThat(excluded.logReturns()).containsExactly(new double[] {0.0953101798, 0}, within(1e-10));
        assertThat(kept.size()).isEqualTo(3);
        assertThat(kept.gaps()).isEqualTo(excluded.gaps()).containsExactly(new Gap(time("01:00"), time("05:00")));
        assertThat(kept.gaps().getFirst().length()).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void resamplesToTheLastObservationAndInventsNone() {
        var series = series(new double[] {1, 2, 3, 4}, "00:05", "00:55", "01:00", "03:59");

        var hourly = series.resample(HOUR);

        assertThat(hourly.prices()).containsExactly(2, 3, 4);
        assertThat(hourly.times()).containsExactly(time("00:00"), time("01:00"), time("03:00"));
        assertThat(hourly.gaps(HOUR)).hasSize(1);
    }

    @Test
    void resamplingCommutesAndLeavesWhatIsCoarserAsGaps() {
        var series = series(new double[] {1, 2, 3, 4, 5}, "00:05", "00:55", "01:00", "03:59", "04:01");
        var twoHours = Duration.ofHours(2);

        assertThat(series.resample(HOUR).resample(twoHours).prices())
                .containsExactly(series.resample(twoHours).prices());
        assertThat(series.resample(HOUR).resample(HOUR).times())
                .isEqualTo(series.resample(HOUR).times());
        assertThat(series.resample(twoHours).resample(HOUR).size())
                .as("no price for the hours between")
                .isEqualTo(series.resample(twoHours).size());
    }

    @Test
    void knowsWhichPeriodsItResolves() {
        var series = series(new double[] {1, 2, 3, 4}, "00:00", "01:01", "02:02", "03:00");

        assertThat(series.resolves(Duration.ofHours(4))).isTrue();
        assertThat(series.resolves(HOUR)).as("61 minutes are an hour").isTrue();
        assertThat(series.resolves(Duration.ofMinutes(30))).isFalse();
    }

    @Test
    void hashesTimesAndBits() {
        var series = PriceSeries.of(List.of(Instant.EPOCH, Instant.EPOCH.plus(HOUR)), new double[] {1.5, 2});

        // Python: sha256(b"0,3ff8000000000000\n3600000,4000000000000000\n"), the hex of struct.pack(">d", price).
        assertThat(series.contentHash()).isEqualTo("80370bb7bc4706bf9fd716e3c5579293661c4125a289356c29cfafc169421a27");
    }

    @Test
    void cutsByTime() {
        var series = series(new double[] {1, 2, 3}, "00:00", "01:00", "02:00");

        assertThat(series.between(time("01:00"), time("02:00")).prices()).containsExactly(2);
        assertThat(series.between(time("05:00"), time("06:00")).size()).isZero();
    }

    @Test
    void knowsItsTypicalStep() {
        assertThat(series(new double[] {1, 2, 3, 4}, "00:00", "01:00", "02:00", "07:00")
                        .typicalStep())
                .isEqualTo(HOUR);
    }

    @Test
    void refusesWhatIsNoPriceSeries() {
        assertThatThrownBy(() -> series(new double[] {1, 0}, "00:00", "01:00")).hasMessageContaining("not positive");
        assertThatThrownBy(() -> series(new double[] {1, Double.NaN}, "00:00", "01:00"))
                .hasMessageContaining("not positive");
        assertThatThrownBy(() -> series(new double[] {1, 2}, "01:00", "01:00")).hasMessageContaining("not after");
        assertThatThrownBy(() -> PriceSeries.of(List.of(), new double[1])).hasMessageContaining("differ in number");
        assertThatThrownBy(() -> series(new double[] {1}, "01:00").typicalStep())
                .hasMessageContaining("too short");
    }

    private static PriceSeries series(double[] prices, String... times) {
        return PriceSeries.of(Stream.of(times).map(PriceSeriesTest::time).toList(), prices);
    }

    private static Instant time(String hourAndMinute) {
        return Instant.parse("2024-01-01T" + hourAndMinute + ":00Z");
    }
}

package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.volatility.Ewma;

class ProcyclicalityTest {

    private static final long DAY = 86_400;
    private static final AntiProcyclicality RULE = AntiProcyclicality.standard();

    @Test
    void measuresPeakToTroughAndTheLargestFiveDayChange() {
        long[] times = {0, 2 * DAY, 4 * DAY, 20 * DAY, 24 * DAY};
        double[] thresholds = {0.80, 0.78, 0.75, 0.70, 0.71};

        var measured = Procyclicality.of(times, thresholds);

        // Margins 0.20 to 0.30. Days 0 to 4: 5 points up; from 0.75, in force until day 20, to 0.70: 5 points up.
        assertThat(measured.peakToTrough()).isCloseTo(1.5, within(1e-12));
        assertThat(measured.largestTightening()).isCloseTo(0.05, within(1e-12));
        assertThat(measured.largestLoosening()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void theFloorBindsWhereMarketsAreCalmerThanTheirHistory() {
        var calm = Reserves.falls(0.002);
        var usual = Reserves.falls(0.006);
        var stress = Reserves.falls(0.015);
        var day = Duration.ofDays(1);

        // Linear in volatility to first order: 0.75 · 0.002 + 0.25 · 0.015 = 0.00525 is below 0.006.
        assertThat(RULE.floorBinds(calm, stress, usual, day)).isTrue();
        assertThat(RULE.weighed(calm, stress, usual).over(day).value())
                .isEqualTo(usual.over(day).value());
        // 0.75 · 0.012 + 0.25 · 0.015 = 0.01275 is above it.
        assertThat(RULE.floorBinds(Reserves.falls(0.012), stress, usual, day)).isFalse();
        assertThat(RULE.weighed(Reserves.falls(0.012), stress, usual).over(day).value())
                .isGreaterThan(usual.over(day).value());
    }

    @Test
    void aRisingMarginUsesTheBufferUpFirst() {
        // Built up to 0.25; 0.24 needs no rise; 0.30 does; 0.26 keeps the 0.30; 0.10 lets it down to 0.125.
        assertThat(RULE.buffered(0.25, 0.20)).isEqualTo(0.25);
        assertThat(RULE.buffered(0.25, 0.24)).isEqualTo(0.25);
        assertThat(RULE.buffered(0.25, 0.30)).isEqualTo(0.30);
        assertThat(RULE.buffered(0.30, 0.26)).isEqualTo(0.30);
        assertThat(RULE.buffered(0.30, 0.10)).isEqualTo(0.125);
    }

    @Test
    void glidesCalmlyTightensFastAndLoosensSlowly() {
        var glide = new Glide(0.005, 0.03, 0.01);

        assertThat(glide.next(0.80, 0.804)).isEqualTo(0.80);
        assertThat(glide.next(0.80, 0.70)).isCloseTo(0.77, within(1e-15));
        assertThat(glide.next(0.80, 0.90)).isCloseTo(0.81, within(1e-15));
    }

    /**
     * Thresholds from daily volatility alone (EWMA 0.94, normal ES99 over a day, gap 0.5 %, bonus 5 %), day by day with what was known:
     * as they come, and by the rule with the largest volatility so far as stress and that of all history as floor.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"BTC-USDT_binance.csv", "ETH-USDT_binance.csv", "LINK-USDT_binance.csv", "SOL-USDT_binance.csv"})
    void keepsMarginsOfRealPricesWithinTwiceTheirTrough(String file) throws IOException {
        var path = Path.of(System.getProperty("plimsoll.root", ".."))
                .resolve("../shared/data/prices/daily")
                .resolve(file)
                .normalize();
        assumeTrue(Files.isReadable(path), "skipped: no shared data");
        var lines = Files.readAllLines(path);
        var times = new ArrayList<Long>();
        var closes = new ArrayList<Double>();
        for (var line : lines.subList(1, lines.size())) {
            var fields = line.split(",", -1);
            times.add(LocalDate.parse(fields[0]).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
            closes.add(Double.parseDouble(fields[4]));
        }

        var history = History.of(closes);

        var from = History.FIRST;
        var days = times.subList(from, times.size()).stream()
                .mapToLong(Long::longValue)
                .toArray();
        var raw = Procyclicality.of(days, history.raw);
        var published = Procyclicality.of(days, history.published);
        assertThat(raw.peakToTrough()).describedAs("raw %s", raw).isGreaterThan(2);
        assertThat(published.peakToTrough())
                .describedAs("published %s raw %s", published, raw)
                .isLessThanOrEqualTo(2.0);
        assertThat(published.largestTightening()).isLessThan(raw.largestTightening());
        assertThat(history.daysOfFloor).isPositive();
    }

    private static final class History {

        /** The first day that is judged; a year of returns comes before it. */
        private static final int FIRST = 366;

        private final double[] raw;
        private final double[] published;
        private int daysOfFloor;

        private History(int size) {
            raw = new double[size];
            published = new double[size];
        }

        static History of(List<Double> closes) {
            var size = closes.size() - FIRST;
            var history = new History(size);
            var returns = new double[closes.size() - 1];
            for (var i = 0; i < returns.length; i++) {
                returns[i] = StrictMath.log(closes.get(i + 1) / closes.get(i));
            }
            var variance = 0.0;
            for (var i = 0; i < FIRST; i++) {
                variance += returns[i] * returns[i] / FIRST;
            }
            var squares = variance * FIRST;
            var largest = variance;
            var margin = 0.0;
            for (var day = 0; day < size; day++) {
                // The return up to this day's close is known, and none after it.
                var last = returns[FIRST - 1 + day];
                if (day > 0) {
                    variance = Ewma.DAILY_LAMBDA * variance + (1 - Ewma.DAILY_LAMBDA) * last * last;
                    squares += last * last;
                }
                largest = Math.max(largest, variance);
                var now = falls(Math.sqrt(variance));
                var stress = falls(Math.sqrt(largest));
                var floor = falls(Math.sqrt(squares / (FIRST + day)));
                history.raw[day] = threshold(now);
                var treated = threshold(RULE.weighed(now, stress, floor));
                if (RULE.floorBinds(now, stress, floor, Duration.ofDays(1))) {
                    history.daysOfFloor++;
                }
                margin = day == 0 ? 1.25 * (1 - treated) : RULE.buffered(margin, 1 - treated);
                history.published[day] = day == 0
                        ? 1 - margin
                        : new Glide(0.005, 0.03, 0.01).next(history.published[day - 1], 1 - margin);
            }
            return history;
        }

        /** The mean of the worst hundredth of a normal day is 2.6652 standard deviations. */
        private static FallCurve falls(double dailyVolatility) {
            return horizon -> Estimate.exact(-StrictMath.expm1(-2.6652 * dailyVolatility));
        }

        private static double threshold(FallCurve falls) {
            return (1 - falls.over(Duration.ofDays(1)).value()) * 0.995 / 1.05;
        }
    }
}

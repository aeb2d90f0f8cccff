package plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.risk.ReferenceData;
import plimsoll.risk.series.BarSeries;
import plimsoll.risk.series.BarSeries.Bar;

class RealizedVolatilityTest {

    /** Values of R's TTR package, n = 10, N = 260. */
    @ParameterizedTest
    @CsvSource({"CLOSE,6", "GARMAN_KLASS,7", "PARKINSON,8", "ROGERS_SATCHELL,9", "YANG_ZHANG,10"})
    void equalsTtrToTwelveDigits(RealizedVolatility estimator, int column) throws IOException {
        var rows = ReferenceData.rows("ttr_ohlc_volatility_expected.csv");
        var bars = new ArrayList<Bar>();
        var expected = new ArrayList<Double>();
        for (var row : rows) {
            bars.add(new Bar(day(row.getFirst()), number(row, 1), number(row, 2), number(row, 3), number(row, 4)));
            if (!row.get(column).equals("NA")) {
                expected.add(number(row, column));
            }
        }

        var points = estimator.of(new BarSeries(bars), 10, 260);

        assertThat(points).hasSize(expected.size());
        for (var i = 0; i < points.size(); i++) {
            assertThat(points.get(i).annualVolatility()).isCloseTo(expected.get(i), within(1e-12));
        }
        assertThat(points.getLast().time()).isEqualTo(bars.getLast().time());
    }

    @Test
    void parkinsonOfAConstantRangeIsThatRange() {
        var bars = new ArrayList<Bar>();
        for (var i = 0; i < 5; i++) {
            bars.add(new Bar(Instant.ofEpochSecond(i), 100, 110, 100, 110));
        }

        var points = RealizedVolatility.PARKINSON.of(new BarSeries(bars), 4, 1);

        // ln 1.1 / √(4 ln 2) = 0.0953101798 / 1.6651092223 = 0.0572395964
        assertThat(points).hasSize(2);
        assertThat(points.getFirst().annualVolatility()).isCloseTo(0.0572395964, within(1e-10));
    }

    @Test
    void refusesWhatIsNoBar() {
        assertThatThrownBy(() -> new Bar(Instant.EPOCH, 100, 99, 98, 98.5)).hasMessageContaining("do not enclose");
        assertThatThrownBy(() -> new Bar(Instant.EPOCH, 1, 2, 0, 1)).hasMessageContaining("not positive");
        assertThatThrownBy(() -> RealizedVolatility.CLOSE.of(new BarSeries(List.of()), 2, 365))
                .hasMessageContaining("too short");
    }

    private static double number(List<String> row, int column) {
        return Double.parseDouble(row.get(column));
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

package plimsoll.risk.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.stress.HistoricalWindow.Episode;
import plimsoll.risk.stress.HistoricalWindow.Known;

class HistoricalWindowTest {

    private static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void tellsPricesRelativeToTheStart() {
        var bars = new Known(hourly(START.minus(HOUR), 200, 180, 90, 120), HOUR);

        var window = HistoricalWindow.of(List.of(bars), new Episode(START, START.plus(HOUR.multipliedBy(3)), HOUR));

        // The bar of 23:00 closed at 00:00 with 200; then 180, 90 and 120.
        assertThat(prices(window, 0, 0)).containsExactly(0.9, 0.45, 0.6);
        assertThat(window.lowest(0)).isEqualTo(0.45);
        assertThat(window.carried(0)).isZero();
    }

    @Test
    void aBarsCloseIsNotKnownBeforeTheBarHasEnded() {
        var bars = new Known(hourly(START.minus(HOUR), 200, 100), HOUR);
        var episode = new Episode(START, START.plus(HOUR), Duration.ofMinutes(30));

        var window = HistoricalWindow.of(List.of(bars), episode);

        // The close of 00:00-01:00 is known at 01:00, not at 00:30.
        assertThat(prices(window, 0, 0)).containsExactly(1.0, 0.5);
        assertThat(window.carried(0)).isEqualTo(0.5);
    }

    @Test
    void linesUpBarsAndPointsByWhenTheyWereKnown() {
        var bars = new Known(hourly(START.minus(HOUR), 200, 100, 50), HOUR);
        var points = new Known(
                PriceSeries.of(
                        List.of(START.minusSeconds(60), START.plusSeconds(1_800), START.plusSeconds(7_000)),
                        new double[] {1.0, 0.95, 0.90}),
                Duration.ZERO);

        var window =
                HistoricalWindow.of(List.of(bars, points), new Episode(START, START.plus(HOUR.multipliedBy(2)), HOUR));

        assertThat(prices(window, 0, 0)).containsExactly(0.5, 0.25);
        assertThat(prices(window, 0, 1)).containsExactly(0.95, 0.90);
    }

    @Test
    void startsAgainWhereverTheEpisodeLeavesRoom() {
        var bars = new Known(hourly(START.minus(HOUR), 100, 80, 60, 40, 20), HOUR);
        var episode = new Episode(START, START.plus(HOUR.multipliedBy(4)), HOUR);

        var window = HistoricalWindow.of(List.of(bars), episode, 2, HOUR);

        assertThat(window.paths()).isEqualTo(3);
        assertThat(prices(window, 0, 0)).containsExactly(0.8, 0.6);
        assertThat(prices(window, 1, 0)).containsExactly(0.75, 0.5);
        assertThat(prices(window, 2, 0)).containsExactly(40.0 / 60, 20.0 / 60);
    }

    @Test
    void fillsABlockWithTheSamePrices() {
        var bars = new Known(hourly(START.minus(HOUR), 100, 80, 60, 40, 20), HOUR);
        var window = HistoricalWindow.of(
                List.of(bars, Known.constant(START)),
                new Episode(START, START.plus(HOUR.multipliedBy(4)), HOUR),
                2,
                HOUR);
        var block = PathBlock.of(window);

        window.fill(0, block);

        assertThat(block.count()).isEqualTo(3);
        for (var path = 0; path < 3; path++) {
            for (var step = 0; step < 2; step++) {
                assertThat(block.price(0, step)[path]).isEqualTo(window.price(path, 0, step));
                assertThat(block.price(1, step)[path]).isOne();
            }
        }
    }

    @Test
    void refusesAnAssetWithoutAPriceAtTheStart() {
        var late = new Known(hourly(START, 100, 80), HOUR);
        var episode = new Episode(START, START.plus(HOUR), HOUR);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HistoricalWindow.of(List.of(late), episode))
                .withMessageContaining("no price is known yet");
    }

    @Test
    void anEpisodeLastsWholeSteps() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Episode(START, START.plusSeconds(5_000), HOUR));
        assertThatIllegalArgumentException().isThrownBy(() -> new Episode(START, START, HOUR));
        assertThat(new Episode(START, START.plus(Duration.ofDays(2)), HOUR).steps())
                .isEqualTo(48);
    }

    @Test
    void whatComesAfterTheEpisodeChangesNothing() {
        var quiet = new Known(hourly(START.minus(HOUR), 100, 80, 60, 60, 60), HOUR);
        var poisoned = new Known(hourly(START.minus(HOUR), 100, 80, 60, 1e9, 1e-9), HOUR);
        var episode = new Episode(START, START.plus(HOUR.multipliedBy(2)), HOUR);

        assertThat(prices(HistoricalWindow.of(List.of(poisoned), episode), 0, 0))
                .containsExactly(prices(HistoricalWindow.of(List.of(quiet), episode), 0, 0), within(0.0));
    }

    private static PriceSeries hourly(Instant first, double... prices) {
        var times = IntStream.range(0, prices.length)
                .mapToObj(i -> first.plus(HOUR.multipliedBy(i)))
                .toList();
        return PriceSeries.of(times, prices);
    }

    private static double[] prices(HistoricalWindow window, int path, int asset) {
        return IntStream.range(0, window.steps())
                .mapToDouble(step -> window.price(path, asset, step))
                .toArray();
    }
}

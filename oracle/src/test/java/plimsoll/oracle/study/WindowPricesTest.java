package plimsoll.oracle.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plimsoll.risk.stress.HistoricalWindow;
import plimsoll.risk.stress.HistoricalWindow.Episode;

/** On the real files; the expected lows are read from them by eye. */
class WindowPricesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @SuppressWarnings("NullAway.Init") // set before all tests, or they are skipped
    private static WindowPrices prices;

    @BeforeAll
    static void data() {
        var root = Path.of(System.getProperty("plimsoll.root", ".."))
                .resolve("../shared/data")
                .normalize();
        assumeTrue(Files.isDirectory(root), "skipped: no shared data");
        prices = new WindowPrices(new StudyFiles(root));
    }

    @Test
    void tellsStakedEtherByItsFeedWhereTheFeedHasRounds() {
        var episode = episode("2022-06-10T00:00:00Z", "2022-06-20T00:00:00Z", HOUR);

        var staked = prices.of("wstETH", episode).orElseThrow();
        var ether = prices.of("WETH", episode).orElseThrow();
        var window = HistoricalWindow.of(List.of(staked.known(), ether.known()), episode);

        assertThat(staked.source()).contains("chainlink");
        // The feed went from 0.9698 (2022-06-09) to 0.9350 (2022-06-18): 3.6 % lower against ether.
        var lowest = 1.0;
        for (var step = 0; step < window.steps(); step++) {
            lowest = Math.min(lowest, window.price(0, 0, step) / window.price(0, 1, step));
        }
        assertThat(lowest).isCloseTo(0.9350 / 0.9698, within(0.02));
    }

    @Test
    void aDepegIsToldByTheFinerFileOnceThatBegins() {
        var episode = episode("2023-03-09T00:00:00Z", "2023-03-15T00:00:00Z", Duration.ofMinutes(15));

        var dollar = prices.of("USDC", episode).orElseThrow();

        assertThat(dollar.source()).isEqualTo("coinmarketcap 1 d, then 15m 15 min");
        assertThat(HistoricalWindow.of(List.of(dollar.known()), episode).lowest(0))
                .isBetween(0.89, 0.92);
    }

    @Test
    void anAssetWithoutAPriceOverTheWholeEpisodeIsLeftOut() {
        var before = episode("2020-03-11T00:00:00Z", "2020-03-14T00:00:00Z", HOUR);

        assertThat(prices.of("AAVE", before)).isEmpty();
        assertThat(prices.of("SNX", before)).isEmpty();
        assertThat(prices.of("WBTC", before)).isPresent();
    }

    private static Episode episode(String start, String end, Duration step) {
        return new Episode(Instant.parse(start), Instant.parse(end), step);
    }
}

package plimsoll.oracle.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.risk.series.SeriesFinding;
import plimsoll.risk.series.SeriesFinding.Kind;

class PriceDirectoryTest {

    private static final Wanted DAILY = Wanted.every(Duration.ofDays(1)).history(Duration.ofDays(2));

    /** One for all tests of the real files, because reading them is what takes time. */
    private static final Supplier<PriceDirectory> REAL = new Supplier<>() {
        private @Nullable PriceDirectory directory;

        @Override
        public PriceDirectory get() {
            if (directory == null) {
                directory = PriceDirectory.open(SharedData.file("prices"));
            }
            return directory;
        }
    };

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "BTC-USDT_bybitperp.csv BTC-USDT_binance.csv BTC-USD_yahoo.csv; BTC-USDT_binance.csv",
                "BTC-USD_yahoo.csv BTC-USDT_bybitperp.csv; BTC-USDT_bybitperp.csv",
                "BTC-USD_coinmarketcap.csv BTC-USD_yahoo.csv; BTC-USD_yahoo.csv",
                "BTC-USD_aaa.csv BTC-USD_coinmarketcap.csv; BTC-USD_coinmarketcap.csv",
                "BTC-USD_kraken.csv BTC-USD_coinbase.csv; BTC-USD_coinbase.csv",
                "btc-usdt_binance.csv; btc-usdt_binance.csv",
                "BTC-notes.csv; BTC-notes.csv",
                "BTC_comet_oracle.csv; BTC_comet_oracle.csv"
            })
    void takesSourcesInTheOrderOfTheContract(String files, String expected) throws IOException {
        for (var file : files.split(" ", -1)) {
            writeDays(file, 0, 10, 100);
        }

        var found = PriceDirectory.open(folder).find("btc", DAILY).orElseThrow();

        assertThat(found.files()).singleElement().returns(expected, InputFile::name);
        assertThat(found.asset()).isEqualTo("BTC");
    }

    @Test
    void standsInForWrappedEtherOnlyWhereItHasNoSeries() throws IOException {
        writeDays("ETH-USDT_binance.csv", 0, 10, 2000);

        var standIn = PriceDirectory.open(folder).find("WETH", DAILY).orElseThrow();
        writeDays("WETH-USD_yahoo.csv", 0, 10, 2001);
        var own = PriceDirectory.open(folder).find("WETH", DAILY).orElseThrow();

        assertThat(standIn.prices().price(0)).isEqualTo(2000);
        assertThat(standIn.findings()).extracting(SeriesFinding::kind).containsExactly(Kind.STAND_IN);
        assertThat(own.prices().price(0)).isEqualTo(2001);
        assertThat(own.findings()).isEmpty();
    }

    @Test
    void anAssetWithoutASeriesIsEmptyAndAFolderThatIsMissingIsAnError() throws IOException {
        writeDays("ETH-BTC_binance.csv", 0, 10, 0.05);

        assertThat(PriceDirectory.open(folder).find("LDO", DAILY)).isEmpty();
        assertThat(PriceDirectory.open(folder).find("ETH", DAILY))
                .as("priced in BTC")
                .isEmpty();
        assertThatThrownBy(() -> PriceDirectory.open(folder.resolve("none"))).hasMessageContaining("no such folder");
    }

    @Test
    void prefersFreshToFineAndFineToRanked() throws IOException {
        Files.createDirectories(folder.resolve("hourly"));
        Files.createDirectories(folder.resolve("daily"));
        writeHours("hourly/LINK-USD_coingecko.csv", 0, 24 * 30);
        writeDays("daily/LINK-USDT_binance.csv", 0, 30, 7);
        writeDays("daily/CRV-USDT_binance.csv", 0, 300, 7);
        writeHours("hourly/CRV-USD_coingecko.csv", 0, 24 * 30);
        var hourly = Wanted.every(Duration.ofHours(1)).history(Duration.ofDays(20));
        var prices = PriceDirectory.open(folder);

        assertThat(prices.find("LINK", hourly).orElseThrow().source()).isEqualTo("coingecko");
        assertThat(prices.find("LINK", DAILY).orElseThrow().source()).isEqualTo("binance");
        var coarse = prices.find("CRV", hourly).orElseThrow();
        assertThat(coarse.source()).isEqualTo("binance");
        assertThat(coarse.findings()).extracting(SeriesFinding::kind).containsExactly(Kind.COARSE);
    }

    @Test
    void takesNothingThatWasNotYetKnown() throws IOException {
        write("BTC-USDT_binance.csv", """
                date,open,high,low,close
                2024-01-01,1,1,1,1
                2024-01-02,2,2,2,2
                2024-01-03,3,3,3,3
                """);
        write("ETH-USD_points.csv", "ts,price\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n");
        var untilTheThird = DAILY.until(Instant.parse("2024-01-03T00:00:00Z"));
        var prices = PriceDirectory.open(folder);

        assertThat(prices.find("BTC", untilTheThird).orElseThrow().prices().prices())
                .as("the candle of the third is open until the fourth")
                .containsExactly(1, 2);
        assertThat(prices.find("ETH", untilTheThird).orElseThrow().prices().prices())
                .as("observations of the very moment are known")
                .containsExactly(1, 2, 3);
        assertThat(prices.find("BTC", DAILY.until(Instant.parse("2024-01-01T00:00:00Z"))))
                .isEmpty();
    }

    @Test
    void reportsWhatIsStaleShortOrMissing() throws IOException {
        writeDays("BTC-USDT_binance.csv", 0, 10, 100);
        write("UNI-USD_x.csv", "date,close\n2024-01-01,1\n2024-01-02,1\n2024-01-03,1\n2024-01-07,1\n");
        var prices = PriceDirectory.open(folder);

        var stale = prices.find("BTC", Wanted.every(Duration.ofDays(1)).until(Instant.parse("2024-03-01T00:00:00Z")))
                .orElseThrow();

        assertThat(stale.findings()).extracting(SeriesFinding::kind).containsExactly(Kind.SHORT, Kind.STALE);
        assertThat(prices.find("UNI", DAILY).orElseThrow().findings())
                .singleElement()
                .returns(Kind.GAP, SeriesFinding::kind)
                .returns(Instant.parse("2024-01-03T00:00:00Z"), SeriesFinding::from);
    }

    @Test
    void multipliesARateInEtherByThePriceOfEther() throws IOException {
        write(
                "ETH-USDT_binance.csv",
                "ts,open,high,low,close\n0,1,4000,1,2000\n3600,1,4000,1,2100\n7200,1,4000,1,2200\n");
        write("cbETH_comet_oracle.csv", "ts,comet_oracle_price\n60,1.0\n3000,1.1\n10800,1.2\n");

        var found = PriceDirectory.open(folder)
                .find("cbETH", Wanted.every(Duration.ofHours(1)))
                .orElseThrow();

        // The hour from 0: last rate 1.1 (50 minutes past), close 2000; the next two hours keep the rate 1.1.
        assertThat(found.prices().prices()).containsExactly(1.1 * 2000, 1.1 * 2100, 1.1 * 2200);
        assertThat(found.prices().time(0)).isEqualTo(Instant.EPOCH);
        assertThat(found.files())
                .extracting(InputFile::name)
                .containsExactly("cbETH_comet_oracle.csv", "ETH-USDT_binance.csv");
        assertThat(found.findings()).extracting(SeriesFinding::kind).contains(Kind.RATIO);
    }

    @Test
    void aStakedEtherPricedInDollarsStaysAsItIs() throws IOException {
        write("wstETH_comet_oracle.csv", "ts,comet_oracle_price\n60,4021.1\n3660,3986.3\n");

        var found = PriceDirectory.open(folder)
                .find("wstETH", Wanted.every(Duration.ofHours(1)))
                .orElseThrow();

        assertThat(found.prices().prices()).containsExactly(4021.1, 3986.3);
    }

    @Test
    void namesTheLineOfADamagedFile() throws IOException {
        write("BTC-USDT_binance.csv", "date,close\n2024-01-01,x\n");

        assertThatThrownBy(() -> PriceDirectory.open(folder).find("BTC", DAILY))
                .hasMessageEndingWith("BTC-USDT_binance.csv:2: not a number: close='x'");
    }

    @Test
    void hashesTheFileAndTheSeries() {
        var folder = SharedData.file("prices/daily");

        var found = PriceDirectory.open(folder)
                .find("BTC", Wanted.every(Duration.ofDays(1)))
                .orElseThrow();

        // sha256sum; the content by Python: struct.pack('>d', float(close)).hex() behind epoch milliseconds and a
        // comma.
        assertThat(found.files().getFirst().sha256())
                .isEqualTo("29a2438045c4bc3cd562de970680462ea79f375c53f6bddfb2f51592a8a440f3");
        assertThat(found.contentHash()).isEqualTo("87f5a179de83ffa90aeee653044abae142442f1ebc896419b889c78810a530b5");
        assertThat(found.prices().size()).isEqualTo(2738);
    }

    @ParameterizedTest
    @CsvSource({
        "WETH, ETH-USDT_binance_1h.csv.gz",
        "WBTC, BTC-USDT_binance_1h.csv.gz",
        "LINK, LINK-USDT_binancefut_1h.csv.gz",
        "CRV, CRV-USDT_bybitperp.csv",
        "wstETH, WSTETH-USD_yahoo.csv",
        "USDC, USDC-USD_coinmarketcap.csv",
        "DAI, DAI-USD_coinmarketcap.csv",
        "cbETH, cbETH_comet_oracle.csv.gz",
        "AAVE, AAVE-USDT_binancefut_1h.csv.gz"
    })
    void findsWhatACalibrationOfOctober2023Needs(String asset, String file) {
        var asOf = Instant.parse("2023-10-31T00:00:00Z");

        var found = REAL.get()
                .find(asset, Wanted.every(Duration.ofHours(1)).until(asOf))
                .orElseThrow();

        assertThat(found.files().getFirst().name()).isEqualTo(file);
        assertThat(found.prices().time(found.prices().size() - 1)).isBefore(asOf);
        assertThat(found.findings()).extracting(SeriesFinding::kind).doesNotContain(Kind.STALE);
    }

    @Test
    void pricesCoinbaseEtherAsTheMarketDid() {
        var asOf = Instant.parse("2023-10-31T00:00:00Z");

        var found = REAL.get()
                .find("cbETH", Wanted.every(Duration.ofHours(1)).until(asOf))
                .orElseThrow();

        // The market snapshot of that day answers 1906.76 (Aave's feed of cbETH in dollars).
        assertThat(found.prices().price(found.prices().size() - 1)).isCloseTo(1906.76, within(20.0));
    }

    private void writeDays(String name, int from, int count, double price) throws IOException {
        write(
                name,
                IntStream.range(from, from + count)
                        .mapToObj(day -> "%d,%s".formatted(day * 86_400L, price))
                        .collect(Collectors.joining("\n", "ts,price\n", "\n")));
    }

    private void writeHours(String name, int from, int count) throws IOException {
        write(
                name,
                IntStream.range(from, from + count)
                        .mapToObj(hour -> String.format(Locale.ROOT, "%d,%.1f", hour * 3600L, 7.0))
                        .collect(Collectors.joining("\n", "ts,price\n", "\n")));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}

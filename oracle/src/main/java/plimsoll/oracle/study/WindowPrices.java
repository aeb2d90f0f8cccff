package plimsoll.oracle.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import plimsoll.oracle.file.MarkFile;
import plimsoll.oracle.file.PriceDirectory;
import plimsoll.oracle.file.SeriesFile;
import plimsoll.oracle.file.SourceSeries;
import plimsoll.oracle.file.Wanted;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.stress.HistoricalWindow.Episode;
import plimsoll.risk.stress.HistoricalWindow.Known;

/** The best known price of each asset over an episode, and from which files. */
final class WindowPrices {

    private static final Duration SHORT_HISTORY = Duration.ofDays(30);

    /** A series that ends earlier before the episode's end than this does not cover it. */
    private static final Duration LATEST_END = Duration.ofDays(2);

    private static final List<Duration> GRIDS =
            List.of(Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1));

    private static final String STAKED_ETHER = "WSTETH";

    /** From here on only the marks of perpetual futures are at hand. */
    private static final Instant MARKS_FROM = Instant.parse("2025-12-31T00:00:00Z");

    /**
     * Hourly points of the wrapped coins have wrong ones (WETH on 2022-06-13 at 04:02, a fifth below ether), which no feed
     * showed; the coins' own exchange prices serve instead.
     */
    private static final Map<String, String> UNWRAPPED = Map.of("WETH", "ETH", "WBTC", "BTC");

    private static final Map<String, String> MARKED = Map.of("ETH", "ETH", "WSTETH", "ETH", "BTC", "BTC");

    private final StudyFiles files;
    private final PriceDirectory directory;
    private final PriceSeries stakedEtherRounds;

    WindowPrices(StudyFiles files) {
        this.files = files;
        directory = PriceDirectory.open(files.prices());
        stakedEtherRounds = SeriesFile.prices(files.stakedEtherRounds(), Optional.empty(), Optional.empty());
    }

    /** Empty where no series covers the whole episode. */
    Optional<Told> of(String symbol, Episode episode) {
        var asset = asset(symbol);
        if (!episode.start().isBefore(MARKS_FROM)) {
            return marks(symbol, episode);
        }
        return asset.equals(STAKED_ETHER) ? stakedEther(episode) : spliced(symbol, episode);
    }

    /** The asset whose prices serve for a symbol. */
    static String asset(String symbol) {
        var name = symbol.toUpperCase(Locale.ROOT);
        return UNWRAPPED.getOrDefault(name, name);
    }

    private Optional<Told> marks(String symbol, Episode episode) {
        if (StandInBook.STABLE.contains(symbol)) {
            return Optional.of(new Told(symbol, Known.constant(episode.start()), "taken to stand"));
        }
        return Optional.ofNullable(MARKED.get(asset(symbol)))
                .map(coin -> new Told(
                        symbol,
                        new Known(MarkFile.read(files.marks(), coin), Duration.ZERO),
                        "deribit perpetual marks of " + coin + ", four a day"));
    }

    /**
     * stETH's price in ether from the feed that lenders read, times ether in dollars; before and after the feed's rounds an
     * hourly dollar series of wstETH or stETH; failing both, ether itself. The exchange rate of wstETH to stETH grows by a
     * few percent a year and is left out.
     */
    private Optional<Told> stakedEther(Episode episode) {
        var ether = covering("ETH", episode);
        var first = stakedEtherRounds.time(0);
        var last = stakedEtherRounds.time(stakedEtherRounds.size() - 1);
        if (ether.isPresent() && !first.isAfter(episode.start()) && !last.isBefore(episode.end())) {
            return Optional.of(new Told(
                    "wstETH",
                    product(ether.get(), stakedEtherRounds),
                    "chainlink STETH-ETH rounds × " + words(ether.get())));
        }
        for (var name : List.of(STAKED_ETHER, "STETH")) {
            var own = covering(name, episode);
            if (own.isPresent() && own.get().step().compareTo(Duration.ofHours(2)) < 0) {
                return Optional.of(told("wstETH", own.get(), ""));
            }
        }
        return ether.map(series -> told("wstETH", series, " of ETH, the peg taken to hold"));
    }

    /** The finest file that covers the episode, from the episode's own step upwards. */
    private Optional<SourceSeries> covering(String asset, Episode episode) {
        return GRIDS.stream()
                .filter(grid -> grid.compareTo(episode.step()) >= 0)
                .flatMap(grid -> find(asset, grid, episode).stream()
                        .filter(series -> isAsFineAs(grid, series) && covers(series, episode)))
                .findFirst();
    }

    private Optional<SourceSeries> find(String asset, Duration grid, Episode episode) {
        return directory.find(asset, Wanted.every(grid).until(episode.end()).history(SHORT_HISTORY));
    }

    /** Hourly samplers of block times are a few minutes off. */
    private static boolean isAsFineAs(Duration grid, SourceSeries series) {
        return series.step().compareTo(grid.multipliedBy(11).dividedBy(10)) <= 0;
    }

    /**
     * A finer file that begins within the episode takes over where it begins: a depeg was written down by the quarter of an
     * hour only once it was news.
     */
    private Optional<Told> spliced(String symbol, Episode episode) {
        var asset = asset(symbol);
        return covering(asset, episode).map(coarse -> {
            var fine = find(asset, episode.step(), episode)
                    .filter(series -> isAsFineAs(episode.step(), series)
                            && series.step().compareTo(coarse.step()) < 0
                            && !endsEarly(series, episode));
            return fine.map(series ->
                            new Told(symbol, joined(coarse, series), words(coarse) + ", then " + words(series)))
                    .orElseGet(() -> told(symbol, coarse, ""));
        });
    }

    private static Known joined(SourceSeries before, SourceSeries after) {
        var from = after.prices().time(0).plus(delay(after));
        var times = new ArrayList<Instant>();
        var values = new ArrayList<Double>();
        for (var i = 0; i < before.prices().size(); i++) {
            var at = before.prices().time(i).plus(delay(before));
            if (at.isBefore(from)) {
                times.add(at);
                values.add(before.prices().price(i));
            }
        }
        for (var i = 0; i < after.prices().size(); i++) {
            times.add(after.prices().time(i).plus(delay(after)));
            values.add(after.prices().price(i));
        }
        return points(times, values);
    }

    private static Known points(List<Instant> times, List<Double> values) {
        return new Known(
                PriceSeries.of(
                        times, values.stream().mapToDouble(Double::doubleValue).toArray()),
                Duration.ZERO);
    }

    private static boolean covers(SourceSeries series, Episode episode) {
        return !series.prices().time(0).plus(delay(series)).isAfter(episode.start()) && !endsEarly(series, episode);
    }

    private static boolean endsEarly(SourceSeries series, Episode episode) {
        var prices = series.prices();
        return prices.time(prices.size() - 1)
                .plus(delay(series))
                .isBefore(episode.end().minus(LATEST_END));
    }

    private static Told told(String symbol, SourceSeries series, String more) {
        return new Told(symbol, new Known(series.prices(), delay(series)), words(series) + more);
    }

    private static Duration delay(SourceSeries series) {
        return series.candles() ? series.step() : Duration.ZERO;
    }

    private static String words(SourceSeries series) {
        return "%s %s".formatted(series.source(), period(series.step()));
    }

    private static String period(Duration step) {
        return step.toHours() >= 24
                ? step.toDays() + " d"
                : step.toHours() >= 1 ? step.toHours() + " h" : step.toMinutes() + " min";
    }

    /** Both legs as they were known at each time of the first. */
    private static Known product(SourceSeries base, PriceSeries rounds) {
        var delay = delay(base);
        var times = new ArrayList<Instant>();
        var values = new ArrayList<Double>();
        var round = 0;
        for (var i = 0; i < base.prices().size(); i++) {
            var at = base.prices().time(i).plus(delay);
            while (round + 1 < rounds.size() && !rounds.time(round + 1).isAfter(at)) {
                round++;
            }
            if (!rounds.time(round).isAfter(at)) {
                times.add(at);
                values.add(base.prices().price(i) * rounds.price(round));
            }
        }
        return points(times, values);
    }

    /** One asset's prices, with the words that name their source. */
    record Told(String symbol, Known known, String source) {}
}

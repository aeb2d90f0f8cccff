package plimsoll.oracle.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.risk.series.Outliers;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.Ratio;
import plimsoll.risk.series.Ratio.Leg;
import plimsoll.risk.series.SeriesFinding;
import plimsoll.risk.series.SeriesFinding.Kind;
import plimsoll.runtime.cli.CommandFailure;

/**
 * The price series of a folder of CSV files and of its direct subfolders, found by asset ({@code --prices-dir}).
 *
 * <p>Of several files of one asset it takes, in this order: one that ends within a week of the newest; one no coarser than
 * the wanted period; one with the wanted history; the asset's own before a stand-in's (ETH for WETH, BTC for WBTC); the
 * sources binance, bybitperp, yahoo, coinmarketcap, any other; the longest history; the finest; the first by name.
 */
public final class PriceDirectory {

    private static final Duration FRESH = Duration.ofDays(7);
    private static final Duration FINEST_GRID = Duration.ofHours(1);

    /** Redeemable one for one: the same price but for the wrapper's own failure, which stress regimes carry. */
    private static final Map<String, String> STAND_INS = Map.of("WETH", "ETH", "WBTC", "BTC");

    /** Tokens whose files may hold the exchange rate to ether instead of dollars, also where no name says so. */
    private static final Set<String> STAKED_ETHER =
            Set.of("STETH", "WSTETH", "CBETH", "RETH", "WEETH", "OSETH", "ETHX", "EZETH", "RSETH", "METH", "SWETH");

    /** What a staked ether can be worth in ether; a dollar price is hundreds of times larger. */
    private static final double LEAST_RATE = 0.2;

    private static final double MOST_RATE = 5;

    /** An exchange rate moves by percents a year: a day old it is still right to a basis point. */
    private static final Duration OLDEST_RATE = Duration.ofDays(1);

    private final List<SeriesName> names;
    private final Map<Path, SeriesContent> contents = new HashMap<>();

    private PriceDirectory(List<SeriesName> names) {
        this.names = List.copyOf(names);
    }

    public static PriceDirectory open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.input(folder, "no such folder");
        }
        try (var files = Files.walk(folder, 2)) {
            return new PriceDirectory(files.filter(Files::isRegularFile)
                    .flatMap(file -> SeriesName.of(file).stream())
                    .sorted(Comparator.comparing(SeriesName::fileName)
                            .thenComparing(name -> name.file().toString()))
                    .toList());
        } catch (IOException e) {
            throw CommandFailure.input(folder, "cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    /** The series of just these files. */
    public static PriceDirectory among(List<Path> files) {
        return new PriceDirectory(files.stream()
                .flatMap(file -> SeriesName.of(file).stream())
                .sorted(Comparator.comparing(SeriesName::fileName)
                        .thenComparing(name -> name.file().toString()))
                .toList());
    }

    /** The asset's prices in dollars; empty where no file has any before the wanted end. */
    public Optional<SourceSeries> find(String asset, Wanted wanted) {
        var symbol = asset.toUpperCase(Locale.ROOT);
        var candidates = new ArrayList<>(candidates(symbol, wanted, false));
        var standIn = Optional.ofNullable(STAND_INS.get(symbol));
        standIn.ifPresent(other -> candidates.addAll(candidates(other, wanted, true)));
        return best(candidates, wanted).map(candidate -> series(symbol, candidate, wanted));
    }

    private List<Candidate> candidates(String asset, Wanted wanted, boolean standIn) {
        return names.stream()
                .filter(name -> name.asset().equals(asset) && (name.isInDollars() || isInEther(name)))
                .filter(name -> !standIn || name.isInDollars())
                .flatMap(name -> candidate(name, wanted, standIn).stream())
                .toList();
    }

    private static boolean isInEther(SeriesName name) {
        return name.quote()
                .filter(quote -> quote.equals("ETH") || quote.equals("WETH"))
                .isPresent();
    }

    private Optional<Candidate> candidate(SeriesName name, Wanted wanted, boolean standIn) {
        var content = contents.computeIfAbsent(name.file(), SeriesContent::read);
        var known = wanted.until().map(content::knownBy).orElse(content.prices());
        return known.size() < 2
                ? Optional.empty()
                : Optional.of(new Candidate(name, content, known, known.typicalStep(), standIn));
    }

    private static Optional<Candidate> best(List<Candidate> candidates, Wanted wanted) {
        return candidates.stream()
                .map(Candidate::last)
                .max(Comparator.naturalOrder())
                .flatMap(newest -> candidates.stream().min(order(newest, wanted)));
    }

    /** False comes before true, so each claim is a fault. */
    private static Comparator<Candidate> order(Instant newest, Wanted wanted) {
        return Comparator.comparing((Candidate candidate) -> candidate.last().isBefore(newest.minus(FRESH)))
                .thenComparing(candidate -> candidate.isCoarserThan(wanted.period()))
                .thenComparing(candidate -> candidate.isShorterThan(wanted.history()))
                .thenComparing(Candidate::standIn)
                .thenComparingInt(candidate -> candidate.name().rank())
                .thenComparing(candidate -> candidate.name().rank() == SeriesName.UNRANKED
                        ? candidate.name().source()
                        : "")
                .thenComparing(candidate -> candidate.prices().time(0))
                .thenComparing(Candidate::step)
                .thenComparing(candidate -> candidate.name().fileName());
    }

    private SourceSeries series(String asset, Candidate chosen, Wanted wanted) {
        var findings = new ArrayList<>(chosen.findings(asset, wanted));
        return isRate(asset, chosen)
                ? ratio(asset, chosen, wanted, findings)
                : new SourceSeries(
                        asset,
                        chosen.name().source(),
                        List.of(chosen.content().file()),
                        chosen.step(),
                        chosen.prices(),
                        chosen.content().candles(),
                        findings);
    }

    /** The name says it, or the size of the number does; without a quote and near one it is no price in dollars. */
    private static boolean isRate(String asset, Candidate chosen) {
        if (isInEther(chosen.name())) {
            return true;
        }
        if (!STAKED_ETHER.contains(asset) || chosen.name().quote().isPresent()) {
            return false;
        }
        var value = chosen.prices().price(chosen.prices().size() - 1);
        return value > LEAST_RATE && value < MOST_RATE;
    }

    /** Both are brought to one grid first, so that a rate meets the close of its own period and not of the next. */
    private SourceSeries ratio(String asset, Candidate rate, Wanted wanted, List<SeriesFinding> findings) {
        var base = find("ETH", wanted)
                .orElseThrow(() -> CommandFailure.input(
                        rate.name().file(), "holds an exchange rate to ETH, and no file has the price of ETH"));
        var grid = List.of(FINEST_GRID, wanted.period(), base.step()).stream()
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var prices = Ratio.times(
                new Leg(rate.prices().resample(grid), OLDEST_RATE.plus(grid)),
                new Leg(base.prices().resample(grid), Duration.ZERO));
        var files = new ArrayList<>(List.of(rate.content().file()));
        files.addAll(base.files());
        findings.add(new SeriesFinding(
                Kind.RATIO,
                prices.time(0),
                prices.time(prices.size() - 1),
                "exchange rate to ETH times the price of ETH: rate=%s base=%s"
                        .formatted(
                                rate.name().fileName(), base.files().getFirst().name())));
        findings.addAll(base.findings());
        return new SourceSeries(asset, rate.name().source(), files, grid, prices, true, findings);
    }

    /** One file that could answer. */
    private record Candidate(
            SeriesName name, SeriesContent content, PriceSeries prices, Duration step, boolean standIn) {

        Instant last() {
            return prices.time(prices.size() - 1);
        }

        boolean isCoarserThan(Duration period) {
            return !prices.resolves(period);
        }

        boolean isShorterThan(Duration history) {
            return prices.time(0).isAfter(last().minus(history));
        }

        List<SeriesFinding> findings(String asset, Wanted wanted) {
            var found = new ArrayList<SeriesFinding>();
            var first = prices.time(0);
            if (standIn) {
                found.add(new SeriesFinding(
                        Kind.STAND_IN, first, last(), "prices of %s stand in for %s".formatted(name.asset(), asset)));
            }
            if (isCoarserThan(wanted.period())) {
                found.add(new SeriesFinding(
                        Kind.COARSE,
                        first,
                        last(),
                        "steps are long: found=%s wanted=%s".formatted(step, wanted.period())));
            }
            if (isShorterThan(wanted.history())) {
                found.add(new SeriesFinding(
                        Kind.SHORT,
                        first,
                        last(),
                        "history is short: found=%s wanted=%s"
                                .formatted(Duration.between(first, last()), wanted.history())));
            }
            wanted.until()
                    .filter(until -> last().isBefore(until.minus(FRESH)))
                    .ifPresent(until -> found.add(new SeriesFinding(
                            Kind.STALE, last(), until, "prices end early: last=%s asOf=%s".formatted(last(), until))));
            for (var gap : prices.gaps(step.multipliedBy(2))) {
                found.add(new SeriesFinding(
                        Kind.GAP,
                        gap.from(),
                        gap.to(),
                        "no price for %s, the usual step is %s".formatted(gap.length(), step)));
            }
            found.addAll(Outliers.of(prices).findings());
            return found;
        }
    }
}

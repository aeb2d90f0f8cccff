package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import plimsoll.oracle.file.SeriesFile;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.PriceSeries.Gap;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.runtime.cli.CommandFailure;

/** How prices become returns: options that the commands on prices share. */
final class PriceOptions {

    /** Periods that irregular prices are resampled to: the first that is not much shorter than their typical step. */
    private static final List<Duration> NATURAL =
            List.of(Duration.ofHours(1), Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(7));

    /** A series is regular where nine steps of ten are its typical one. */
    private static final double REGULAR_SHARE = 0.9;

    @Option(
            names = "--value-column",
            paramLabel = "NAME",
            description =
                    "The column to read. Default for prices: the first of close, price, price_usd, comet_oracle_price,"
                            + " answer; for returns: return_pct or return; for losses: loss, losses or value.")
    private @Nullable String valueColumn;

    @Option(
            names = "--period",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Resample prices to this period (last observation of each). Default: the file's own step "
                    + "where it is regular, else 1h, 4h, 1d or 7d, whichever fits.")
    private @Nullable Duration period;

    @Option(
            names = "--gaps",
            paramLabel = "exclude|keep",
            description = "What becomes of a return across missing periods. Default: exclude.")
    private GapPolicy gaps = GapPolicy.EXCLUDE;

    @Option(
            names = "--max-gap",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Refuse a file with neighbouring times further apart than this, such as 4h.")
    private @Nullable Duration maxGap;

    Optional<String> valueColumn() {
        return Optional.ofNullable(valueColumn);
    }

    Optional<Duration> maxGap() {
        return Optional.ofNullable(maxGap);
    }

    /** Log returns of the file's prices over the period asked for, else over {@code usual}, else over their own. */
    Returns read(Path file, Optional<Duration> usual) {
        var prices = SeriesFile.prices(file, valueColumn(), maxGap());
        if (prices.size() < 2) {
            throw CommandFailure.input(file, "one price makes no return");
        }
        var chosen = Optional.ofNullable(period).or(() -> usual).orElseGet(() -> natural(prices));
        var resampled = isRegular(prices, chosen) ? prices : prices.resample(chosen);
        return new Returns(resampled.logReturns(chosen, gaps), chosen);
    }

    private static Duration natural(PriceSeries prices) {
        var typical = prices.typicalStep();
        if (isRegular(prices, typical)) {
            return typical;
        }
        return NATURAL.stream()
                .filter(period -> period.multipliedBy(11).dividedBy(10).compareTo(typical) >= 0)
                .findFirst()
                .orElse(typical);
    }

    private static boolean isRegular(PriceSeries prices, Duration step) {
        var equal = 0;
        for (var i = 1; i < prices.size(); i++) {
            equal += Duration.between(prices.time(i - 1), prices.time(i)).equals(step) ? 1 : 0;
        }
        return equal >= REGULAR_SHARE * (prices.size() - 1);
    }

    /** Returns and the period that each of them spans. */
    record Returns(ReturnSeries series, Duration period) {

        double periodsPerYear() {
            return (double) Duration.ofDays(365).toMillis() / period.toMillis();
        }

        List<Gap> gaps() {
            return series.gaps();
        }
    }
}

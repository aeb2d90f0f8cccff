package plimsoll.oracle.file;

import java.time.Duration;
import java.util.List;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.SeriesFinding;

/**
 * The prices of one asset in dollars and where they came from.
 *
 * @param asset in upper case, as it was asked for
 * @param source where it was traded or answered, such as binance; of a ratio the exchange rate's source
 * @param files every file that the prices were made from, the asset's own first
 * @param step the typical time between neighbours
 * @param prices candles stand at the start of their period, other observations at their own time
 * @param candles whether a price is the close of a period that began at its time, so that it was known {@code step} later
 */
public record SourceSeries(
        String asset,
        String source,
        List<InputFile> files,
        Duration step,
        PriceSeries prices,
        boolean candles,
        List<SeriesFinding> findings) {

    public SourceSeries {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
    }

    /** {@link PriceSeries#contentHash()} of the prices. */
    public String contentHash() {
        return prices.contentHash();
    }
}

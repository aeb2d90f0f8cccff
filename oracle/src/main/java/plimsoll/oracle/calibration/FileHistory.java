package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.risk.series.PriceSeries;

/**
 * A price series from a file, cut at the calibration's day.
 *
 * @param source who published it, as the file's name says
 * @param files the files that it was made of: two where it is a ratio times a base
 * @param findings what was noticed in it, with counts: gaps, outliers, repeats
 * @param contentHash of the cut series
 */
public record FileHistory(
        String source,
        java.util.List<String> files,
        Map<String, Integer> findings,
        String contentHash,
        PriceSeries series)
        implements PriceHistory {

    /** A file that ends this long before the calibration's day says nothing about it. */
    private static final Duration LONGEST_SILENCE = Duration.ofDays(3);

    public FileHistory {
        files = java.util.List.copyOf(files);
        findings = new TreeMap<>(findings);
    }

    @Override
    public Optional<String> fault(Instant now, Duration grace) {
        if (series.size() < 2) {
            return Optional.of("price series is empty before the calibration's day: file=" + String.join(" x ", files));
        }
        Duration age = Duration.between(series.times().getLast(), now);
        return age.compareTo(LONGEST_SILENCE) > 0
                ? Optional.of("price series ends before the calibration's day: last="
                        + series.times().getLast() + " asked=" + now + " allowed=" + LONGEST_SILENCE)
                : Optional.empty();
    }
}

package plimsoll.oracle.file;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a reader of {@link PriceDirectory} needs of a series.
 *
 * @param period the periods that prices will be resampled to; a coarser file cannot answer it
 * @param until what is not known by then does not exist; empty takes everything
 * @param history how long before its end a series should have begun
 */
public record Wanted(Duration period, Optional<Instant> until, Duration history) {

    /** Two years: enough for a tail, short enough that a young asset's own prices come before its stand-in's. */
    public static final Duration USUAL_HISTORY = Duration.ofDays(730);

    public Wanted {
        if (period.isNegative() || period.isZero() || history.isNegative()) {
            throw new IllegalArgumentException(
                    "period is not positive or history is negative: period=%s history=%s".formatted(period, history));
        }
    }

    public static Wanted every(Duration period) {
        return new Wanted(period, Optional.empty(), USUAL_HISTORY);
    }

    public Wanted until(Instant moment) {
        return new Wanted(period, Optional.of(moment), history);
    }

    public Wanted history(Duration length) {
        return new Wanted(period, until, length);
    }
}

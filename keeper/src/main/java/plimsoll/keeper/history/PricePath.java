package plimsoll.keeper.history;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** An asset's price in dollars by hours, each with its range, as an exchange had it. */
public final class PricePath {

    /** The lowest, highest and last price within one hour. */
    public record Range(double low, double high, double last) {}

    private final NavigableMap<Instant, Range> hours;

    public PricePath(Map<Instant, Range> hours) {
        this.hours = new TreeMap<>(hours);
    }

    /** The hour that this moment lies in, where the file has it. */
    Optional<Range> at(Instant moment) {
        return Optional.ofNullable(hours.get(hour(moment)));
    }

    /** The first hour after this moment's own in which the price was below, or else nothing. */
    Optional<Instant> firstBelow(double price, Instant after, Instant until) {
        return hours.subMap(hour(after), false, until, true).entrySet().stream()
                .filter(hour -> hour.getValue().low() < price)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    NavigableMap<Instant, Range> between(Instant from, Instant until) {
        return hours.subMap(from, true, until, true);
    }

    private static Instant hour(Instant moment) {
        return moment.truncatedTo(java.time.temporal.ChronoUnit.HOURS);
    }
}

package plimsoll.keeper.position;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Price;

/** What a block says of an asset's price: the protocol takes any positive answer, we only act on a fresh one. */
public sealed interface PriceView {

    /** A price whose round is younger than its heartbeat. */
    record Fresh(Price price, Instant updatedAt) implements PriceView {}

    /** The protocol still counts with this price, but its round is overdue. */
    record Stale(Price price, Instant updatedAt, Duration age, Duration heartbeat) implements PriceView {}

    /** The protocol counts with this price, but its source does not tell when it was made. */
    record Undated(Price price) implements PriceView {}

    /** The protocol itself has no price: the aggregator answers zero or nothing. */
    record Missing(String why) implements PriceView {}

    /** What the protocol counts with. */
    default Optional<Price> counted() {
        return switch (this) {
            case Fresh fresh -> Optional.of(fresh.price);
            case Stale stale -> Optional.of(stale.price);
            case Undated undated -> Optional.of(undated.price);
            case Missing m -> Optional.empty();
        };
    }

    /** Why we would not act on it; empty for a fresh one. */
    default Optional<String> objection() {
        return switch (this) {
            case Fresh f -> Optional.empty();
            case Stale stale ->
                Optional.of("round is stale: age=" + stale.age.toSeconds() + " s heartbeat="
                        + stale.heartbeat.toSeconds() + " s");
            case Undated u -> Optional.of("source does not tell when its price was made");
            case Missing missing -> Optional.of(missing.why);
        };
    }
}

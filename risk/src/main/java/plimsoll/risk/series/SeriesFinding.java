package plimsoll.risk.series;

import java.time.Instant;

/**
 * Something about a series that its reader must know before trusting a number made from it. A finding changes nothing:
 * the raw values stay.
 *
 * @param from the first moment it concerns
 * @param to the last moment it concerns; equal to {@code from} where it is a moment
 * @param sentence what was found, before what was expected
 */
public record SeriesFinding(Kind kind, Instant from, Instant to, String sentence) {

    public SeriesFinding {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("finding ends before it begins: from=%s to=%s".formatted(from, to));
        }
    }

    /** The kinds of finding, from the way a series was chosen to what is inside it. */
    public enum Kind {
        /** Another asset's series stands in for this one. */
        STAND_IN,
        /** The series is a product of an exchange rate and the price of its base. */
        RATIO,
        /** Its periods are longer than was asked for. */
        COARSE,
        /** It begins later than was asked for. */
        SHORT,
        /** It ends long before the moment that is judged. */
        STALE,
        /** Neighbouring observations are too far apart. */
        GAP,
        /** A price that its neighbours contradict at once. */
        OUTLIER,
        /** The feed was silent for longer than its heartbeat. */
        SILENCE,
        /** The answer stood at the bound beyond which its aggregator cannot follow. */
        BOUND_TOUCH,
        /** One round was reported more than once. */
        DUPLICATE_ROUND,
        /** A round's time lies before the time of the round before it. */
        REVERTED_ROUND,
        /** Rounds are missing between two that are there. */
        MISSING_ROUNDS,
        /** The proxy moved to another aggregator. */
        PHASE_CHANGE,
        /** The sequencer was down: no round could arrive. */
        SEQUENCER_DOWN,
        /** The answer was zero or less. */
        BAD_ANSWER
    }
}

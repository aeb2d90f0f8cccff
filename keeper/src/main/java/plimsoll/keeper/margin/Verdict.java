package plimsoll.keeper.margin;

import java.time.Instant;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/** What a mandate comes to for one position in one block. */
public sealed interface Verdict {

    /** Sends this. */
    record Act(Relief relief) implements Verdict {}

    /** Would send this, were the mandate and the keeper live. */
    record WouldAct(Relief relief) implements Verdict {}

    /** An action has no outcome yet. */
    record Pending(String key) implements Verdict {}

    record CoolingDown(Instant until) implements Verdict {}

    record Expired(Instant at) implements Verdict {}

    /** A price that we do not act on. */
    record Blind(String why) implements Verdict {}

    /** None of the allowed assets can help this position. */
    record NoRelief(String why) implements Verdict {}

    /** What may be used would not even bring the position back to where the mandate begins. */
    record TooLittle(Relief needed, TokenAmount usable, String limit) implements Verdict {}

    /** The contract refuses. */
    record Refused(Relief relief, String why) implements Verdict {}

    /** One word for tables and queries. */
    default String word() {
        return switch (this) {
            case Act _ -> "act";
            case WouldAct _ -> "would-act";
            case Pending _ -> "pending";
            case CoolingDown _ -> "cooling-down";
            case Expired _ -> "expired";
            case Blind _ -> "blind";
            case NoRelief _ -> "no-relief";
            case TooLittle _ -> "too-little";
            case Refused _ -> "refused";
        };
    }

    /** The numbers that decided. */
    default String reason() {
        return switch (this) {
            case Act(Relief relief) -> told(relief);
            case WouldAct(Relief relief) -> told(relief);
            case Pending(String key) -> "action has no outcome yet: key=" + key;
            case CoolingDown(Instant until) -> "until=" + until;
            case Expired(Instant at) -> "mandate ended: at=" + at;
            case Blind(String why) -> why;
            case NoRelief(String why) -> why;
            case TooLittle(Relief needed, TokenAmount usable, String limit) ->
                "needed=" + needed.amount() + " " + Plain.word(needed.symbol()) + " usable=" + usable + " limit="
                        + limit;
            case Refused(Relief relief, String why) -> told(relief) + " refused: " + why;
        };
    }

    private static String told(Relief relief) {
        HealthFactor after = relief.after();
        return relief.describe() + ", health after=" + after;
    }
}

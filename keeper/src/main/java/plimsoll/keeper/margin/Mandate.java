package plimsoll.keeper.margin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/**
 * What a borrower allows us to do for a position without asking again.
 *
 * @param name its key in the configuration; limits are counted under it
 * @param scope across all markets the limits are shared; in one market they are its own
 * @param allowed the assets that may be used, in the order in which they are preferred
 * @param actBelow nothing is done at or above this health
 * @param aim the health to restore
 * @param live otherwise everything is decided and recorded, and nothing is sent
 */
public record Mandate(
        String name,
        Scope scope,
        Relief.Kind kind,
        Source source,
        List<Allowed> allowed,
        HealthFactor actBelow,
        HealthFactor aim,
        Duration coolDown,
        Instant expires,
        boolean live) {

    /** Whose tokens are used. */
    public enum Source {
        /** The keeper's own account, which the borrower has funded. */
        FUNDED,
        /** The borrower's account, which has approved the keeper's. */
        WALLET
    }

    /**
     * An asset and how much of it, in whole tokens.
     *
     * @param perDay within any 24 hours
     */
    public record Allowed(Address asset, String perAction, String perDay) {

        TokenAmount perAction(int decimals) {
            return TokenAmount.parse(perAction, decimals);
        }

        TokenAmount perDay(int decimals) {
            return TokenAmount.parse(perDay, decimals);
        }
    }

    public Mandate {
        if (!name.matches("[a-zA-Z0-9_-]{1,40}")) {
            throw new IllegalArgumentException(
                    "Mandate's name is not 1..40 letters, digits, dashes or underscores: found=" + name);
        }
        allowed = List.copyOf(allowed);
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("Mandate allows no asset: mandate=" + name);
        }
        if (!HealthFactor.ONE.isBelow(actBelow) || !actBelow.isBelow(aim)) {
            throw new IllegalArgumentException("Mandate must act above 1 and aim higher: mandate=" + name
                    + " act-below=" + actBelow + " aim=" + aim);
        }
        if (coolDown.isNegative()) {
            throw new IllegalArgumentException("Cool-down is negative: mandate=" + name + " found=" + coolDown);
        }
    }
}

package plimsoll.protocol.comet;

import java.util.List;
import plimsoll.units.BaseValue;
import plimsoll.units.TokenAmount;

/** What {@code absorb} of one account comes to: amounts to the wei, or the contract's error. */
public sealed interface CometAbsorption {

    /** Collateral of one asset that the market takes, and what it is worth in dollars before any factor. */
    record Seized(int offset, TokenAmount amount, BaseValue worth) {}

    /**
     * The market takes all collateral and the whole debt.
     *
     * @param basePaidOut what the reserves give for it: the debt and, where the collateral is worth more, a balance for the account
     * @param left the account's principal afterwards, never a debt
     */
    record Absorbed(TokenAmount basePaidOut, Principal left, List<Seized> seized) implements CometAbsorption {
        public Absorbed {
            seized = List.copyOf(seized);
        }
    }

    /** The call reverts, and with it every other account named in it. */
    record Refused(String error) implements CometAbsorption {}
}

package plimsoll.keeper.margin;

import plimsoll.units.Address;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/**
 * Something that would make an account healthier.
 *
 * @param symbol as the token calls itself; not to be trusted
 * @param after the health that it leads to; the whole debt repaid counts as the health aimed at
 */
public record Relief(Kind kind, Address asset, String symbol, TokenAmount amount, HealthFactor after) {

    /** What is done with the tokens. */
    public enum Kind {
        /** More collateral. */
        TOP_UP("top-up"),
        /** Less debt. */
        REPAYMENT("repayment");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** As a sentence's end: {@code supply 1.5 WETH}. */
    String describe() {
        String verb = switch (kind) {
            case TOP_UP -> "supply ";
            case REPAYMENT -> "repay ";
        };
        return verb + amount + " " + Plain.word(symbol);
    }
}

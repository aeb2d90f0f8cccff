package plimsoll.oracle.calibration;

import java.math.BigDecimal;
import plimsoll.units.TokenAmount;

/** What is supplied to a reserve, and what of it is lent. */
public record ReserveTotals(TokenAmount supplied, TokenAmount borrowed) {

    /** Whole tokens, the nearest double. */
    double suppliedTokens() {
        return tokens(supplied);
    }

    /** The share that is lent; 0 of an empty reserve. */
    double utilisation() {
        return supplied.isZero() ? 0 : tokens(borrowed) / tokens(supplied);
    }

    private static double tokens(TokenAmount amount) {
        return new BigDecimal(amount.raw(), amount.decimals()).doubleValue();
    }
}

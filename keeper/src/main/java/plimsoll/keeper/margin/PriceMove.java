package plimsoll.keeper.margin;

import java.math.BigDecimal;
import plimsoll.units.Bps;

/**
 * How far one asset's price must move, all others standing still, until the account can be liquidated.
 *
 * @param direction down for collateral, up for debt
 * @param by rounded down to the basis point: the account stands a move of that size
 */
public record PriceMove(String symbol, Direction direction, Bps by) {

    /** Which way hurts. */
    public enum Direction {
        FALLS,
        RISES
    }

    String describe() {
        String percent = BigDecimal.valueOf(by.raw(), 2).stripTrailingZeros().toPlainString();
        return Plain.word(symbol) + (direction == Direction.FALLS ? " falls by " : " rises by ") + percent + " %";
    }
}

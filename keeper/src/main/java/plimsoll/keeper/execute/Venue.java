package plimsoll.keeper.execute;

import java.math.BigInteger;
import java.util.List;
import plimsoll.abi.UniswapV3;
import plimsoll.chain.call.Call;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/**
 * Where seized collateral is sold: pools of one fee tier on Uniswap v3.
 *
 * @param fee the tier, in hundredths of a basis point
 */
public record Venue(Address router, Address quoter, int fee) {

    private static final BigInteger NO_PRICE_LIMIT = BigInteger.ZERO;
    /** The sale is tried and sent within seconds; a deadline would only add a way to fail on a chain whose clock is not ours. */
    private static final BigInteger NO_DEADLINE = BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE);

    Call quote(Address from, Address to, TokenAmount amount) {
        return Call.of(
                quoter,
                UniswapV3.QUOTER_QUOTE_EXACT_INPUT_SINGLE.encode(List.of(from, to, amount.raw(), fee, NO_PRICE_LIMIT)));
    }

    static TokenAmount quoted(String answer, int decimals) {
        return TokenAmount.ofRaw(
                UniswapV3.QUOTER_QUOTE_EXACT_INPUT_SINGLE.decode(answer).integer(0), decimals);
    }

    String sale(Sale sale, Address recipient) {
        return UniswapV3.ROUTER_EXACT_INPUT_SINGLE.encode(List.of(
                sale.sold(),
                sale.bought(),
                fee,
                recipient,
                NO_DEADLINE,
                sale.amount().raw(),
                sale.leastProceeds().raw(),
                NO_PRICE_LIMIT));
    }
}

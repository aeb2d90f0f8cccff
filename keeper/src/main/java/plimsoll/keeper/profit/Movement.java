package plimsoll.keeper.profit;

import java.math.BigInteger;
import java.util.Map;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.units.Address;
import plimsoll.units.Wei;

/**
 * What one transaction moved.
 *
 * @param tokens by token, in its smallest unit: positive came in, negative went out
 */
record Movement(SentTransaction sent, MarketBlock block, boolean succeeded, Wei fee, Map<Address, BigInteger> tokens) {

    Movement {
        tokens = Map.copyOf(tokens);
    }
}

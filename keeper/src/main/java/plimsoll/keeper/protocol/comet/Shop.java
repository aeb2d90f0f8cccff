package plimsoll.keeper.protocol.comet;

import java.util.Map;
import plimsoll.units.TokenAmount;

/**
 * What the market itself holds: base tokens, and absorbed collateral by offset, which is for sale while the base reserves are below
 * their target.
 */
record Shop(TokenAmount base, Map<Integer, TokenAmount> collateral) {

    Shop {
        collateral = Map.copyOf(collateral);
    }
}

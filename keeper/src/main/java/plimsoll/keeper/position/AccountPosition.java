package plimsoll.keeper.position;

import plimsoll.protocol.aave.AaveAccount;
import plimsoll.units.Address;

/** One account's collateral and debt in the market. */
public record AccountPosition(Address account, AaveAccount holdings) {

    public boolean isEmpty() {
        return holdings.holdings().isEmpty();
    }
}

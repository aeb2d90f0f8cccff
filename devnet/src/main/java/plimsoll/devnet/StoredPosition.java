package plimsoll.devnet;

import java.util.Map;
import java.util.Set;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/**
 * A position written straight into the contracts' storage. The pool answers about it as about any other, but there are no
 * events of it, and totals do not count it.
 *
 * @param scaledSupply aToken balances before the liquidity index
 * @param scaledDebt variable debt before the borrow index
 * @param notCollateral supplied assets that the account does not use as collateral
 * @param emode the account's category, 0 for none
 */
public record StoredPosition(
        Address account,
        Map<Asset, TokenAmount> scaledSupply,
        Map<Asset, TokenAmount> scaledDebt,
        Set<Asset> notCollateral,
        int emode) {

    public StoredPosition {
        scaledSupply = Map.copyOf(scaledSupply);
        scaledDebt = Map.copyOf(scaledDebt);
        notCollateral = Set.copyOf(notCollateral);
        if (emode < 0 || emode > 255) {
            throw new IllegalArgumentException("eMode is outside 0..255: found=" + emode);
        }
    }
}

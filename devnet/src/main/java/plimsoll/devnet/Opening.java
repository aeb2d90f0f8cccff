package plimsoll.devnet;

import java.util.Map;
import plimsoll.units.TokenAmount;

/**
 * A position to open: a borrower's name, what it supplies and what it borrows.
 *
 * @param collateral whole amounts by asset
 * @param debt amounts by asset; what the pool does not lend reverts
 */
public record Opening(String borrower, Map<Asset, TokenAmount> collateral, Map<Asset, TokenAmount> debt) {

    public Opening {
        collateral = Map.copyOf(collateral);
        debt = Map.copyOf(debt);
    }
}

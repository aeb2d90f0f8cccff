package plimsoll.keeper.liquidation;

import java.util.Optional;
import plimsoll.units.TokenAmount;

/**
 * What the chain said when an opportunity was tried without sending it.
 *
 * @param refusal the contract's reason, where it refused
 * @param saleProceeds what selling the received collateral would bring in the debt asset, where a venue quoted it
 */
public record Trial(Opportunity opportunity, Optional<String> refusal, Optional<TokenAmount> saleProceeds) {

    /** As it stands without asking the chain. */
    public static Trial untried(Opportunity opportunity) {
        return new Trial(opportunity, Optional.empty(), Optional.empty());
    }
}

package plimsoll.keeper.execute;

import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.units.Address;

/** How a liquidation is sent: by the signer's own call to the protocol, or by our executor. */
public interface LiquidationCalls {

    /** Paid from the signer's own account. */
    LiquidationCalls DIRECT = (opportunity, market, sender) -> market.call(opportunity, sender);

    /** Whether the call sells what it seizes, so that a trial of it also tells whether all of it can be sold well enough. */
    default boolean sell() {
        return false;
    }

    /** How this one is called by {@code sender}. */
    LiquidationCall call(Opportunity opportunity, Market market, Address sender);
}

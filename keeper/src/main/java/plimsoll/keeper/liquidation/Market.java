package plimsoll.keeper.liquidation;

import java.util.List;
import java.util.Optional;
import plimsoll.abi.ExecutorStep;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.MarketState;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** A market at one block as a liquidator sees it: what its protocol would let us do, exactly, and how that is called. */
public interface Market extends MarketState {

    /** The liquidation of this pair that repays the most the protocol allows. */
    Outcome largest(AccountPosition position, Pair pair);

    /** What comes of repaying so much; more than is allowed is cut down or refused as the protocol does. */
    Outcome covering(AccountPosition position, Pair pair, TokenAmount repaid);

    LiquidationCall call(Opportunity opportunity);

    /** Whether governance has frozen a reserve: it takes nothing more, and liquidations in it go on. */
    default boolean isFrozen(int reserve) {
        return false;
    }

    /** The same for protocols whose call names who makes it. */
    default LiquidationCall call(Opportunity opportunity, Address caller) {
        return call(opportunity);
    }

    /**
     * The same by our executor: it then holds no less of anything, and more of the debt's asset where it pays. Empty where the protocol
     * has no steps for it.
     *
     * @param sale of all the collateral that the steps before it bring; absent where nothing is to be sold or nobody buys it
     * @param funding whose tokens repay; a protocol that takes them last needs nobody's
     */
    default List<ExecutorStep> steps(Opportunity opportunity, Optional<ExecutorStep.Sale> sale, Funding funding) {
        return List.of();
    }

    /** The token in which a liquidation brings an asset to whoever calls it, where that is not the asset itself. */
    default Optional<Address> receiptOf(Address asset) {
        return Optional.empty();
    }

    /** The call that turns so many of these tokens into the asset. */
    default LiquidationCall redemption(Address asset, TokenAmount receipts) {
        throw new IllegalArgumentException("A liquidation brings the asset itself: asset=" + asset);
    }

    /** The same market as it would be if a reserve's price were another; empty where the protocol cannot say. */
    default Optional<Market> withPrice(int reserve, Price price) {
        return Optional.empty();
    }

    /** Everything about this market that a decision on the account rests on, as a record that can be written down. */
    Object extract(AccountPosition position);
}

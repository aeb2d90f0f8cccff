package plimsoll.keeper.liquidation;

/** What {@link Market#extract} wrote down of a market: enough to make of it a market that answers the same about the account. */
public interface MarketExtract {

    /** The market again, as far as the account is concerned. */
    Market restore();
}

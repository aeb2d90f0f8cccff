package plimsoll.keeper.liquidation;

import plimsoll.units.TokenAmount;

/**
 * How much of an offer is taken, and what that leaves at its place in the block.
 *
 * @param tally with the fee of the transaction and of the loan
 */
record Fill(Offer offer, TokenAmount repaid, TokenAmount received, Funding funding, Tally tally) {

    boolean isWhole() {
        return repaid.equals(offer.most().repaid());
    }
}

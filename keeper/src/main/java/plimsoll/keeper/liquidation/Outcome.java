package plimsoll.keeper.liquidation;

import plimsoll.units.TokenAmount;

/** What a liquidation of one pair comes to under the protocol's rules, to the wei. */
public sealed interface Outcome {

    /**
     * It succeeds.
     *
     * @param repaid what we pay, in the debt's token
     * @param received what we get, in the collateral's token, the protocol's fee already taken off
     * @param protocolFee what the protocol keeps of the collateral
     * @param takesAll whether asking for all there is comes to the same
     */
    record Seizure(TokenAmount repaid, TokenAmount received, TokenAmount protocolFee, boolean takesAll)
            implements Outcome {}

    /** The contract would revert. */
    record Refused(String rule) implements Outcome {}
}

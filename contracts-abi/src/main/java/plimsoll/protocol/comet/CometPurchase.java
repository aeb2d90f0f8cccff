package plimsoll.protocol.comet;

import plimsoll.units.TokenAmount;

/** What {@code buyCollateral} comes to: the collateral to the wei, or the contract's error. */
public sealed interface CometPurchase {

    /** It goes through: {@code paid} base tokens for {@code received} of the collateral. */
    record Bought(TokenAmount paid, TokenAmount received) implements CometPurchase {}

    record Refused(String error) implements CometPurchase {}

    /**
     * What a purchase depends on beside prices.
     *
     * @param baseHeld base tokens that the market holds
     * @param collateralHeld absorbed collateral of the asset that the market holds
     */
    record Stock(TokenAmount baseHeld, TokenAmount collateralHeld) {}
}

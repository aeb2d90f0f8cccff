package plimsoll.protocol.morpho;

import java.util.Optional;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/**
 * How the contract counts a position, everything in the loan token.
 *
 * @param collateral what the collateral is worth, rounded down
 * @param borrowed what is owed, rounded up
 * @param mostBorrowed what may be owed for this collateral: its worth times the liquidation threshold (LLTV), rounded down
 */
public record MorphoStanding(TokenAmount collateral, TokenAmount borrowed, TokenAmount mostBorrowed) {

    /** Whether more is owed than may be; just as much is still healthy. */
    public boolean isLiquidatable() {
        return borrowed.compareTo(mostBorrowed) > 0;
    }

    /** What may be owed over what is owed, rounded down, which is below 1 exactly where the position is liquidatable. */
    public Optional<HealthFactor> healthFactor() {
        return borrowed.isZero()
                ? Optional.empty()
                : Optional.of(new HealthFactor(
                        Wad.ofRaw(mostBorrowed.raw().multiply(MorphoMath.WAD).divide(borrowed.raw()))));
    }
}

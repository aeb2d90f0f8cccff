package plimsoll.protocol.comet;

import java.util.OptionalInt;

/** What {@code isLiquidatable} says of an account. */
public sealed interface CometSolvency {

    /** It owes nothing, or its collateral carries what it owes; exactly as much is enough. */
    record Solvent() implements CometSolvency {}

    record Liquidatable() implements CometSolvency {}

    /**
     * The call reverts with BadPrice: a feed that it needs to decide answered zero or less.
     *
     * @param asset the collateral's offset; none for the base token
     */
    record NoPrice(OptionalInt asset) implements CometSolvency {}
}

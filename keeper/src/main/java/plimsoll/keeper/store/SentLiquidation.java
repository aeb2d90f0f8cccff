package plimsoll.keeper.store;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * A liquidation's transaction, and how far it has come.
 *
 * @param amounts what was planned; absent where a crash came before the journal was written
 */
public record SentLiquidation(
        String reasonKey,
        Address account,
        Instant time,
        String state,
        Optional<TxHash> tx,
        Optional<BlockNumber> minedBlock,
        Optional<Amounts> amounts) {

    /** The planned exchange; amounts are raw, of the assets' smallest units. */
    public record Amounts(
            Address debtAsset, String repaidRaw, Address collateralAsset, String receivedRaw, BaseValue profit) {}
}

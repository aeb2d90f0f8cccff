package plimsoll.keeper.store;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.TxHash;

/**
 * One stored decision.
 *
 * @param amounts what was planned, where something was
 * @param facts the inputs as JSON
 * @param transaction what was sent for it
 */
public record JournalLine(
        BlockNumber block,
        Instant time,
        Address account,
        Optional<HealthFactor> healthFactor,
        String action,
        String reason,
        Optional<Amounts> amounts,
        String facts,
        Optional<Transaction> transaction) {

    /** The planned exchange; amounts are raw, of the assets' smallest units. */
    public record Amounts(
            Address debtAsset, String repaidRaw, Address collateralAsset, String receivedRaw, BaseValue profit) {}

    /** How far the transaction has come. */
    public record Transaction(String reasonKey, String state, Optional<TxHash> tx, Optional<BlockNumber> minedBlock) {}
}

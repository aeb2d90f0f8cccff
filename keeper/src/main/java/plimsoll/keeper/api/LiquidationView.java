package plimsoll.keeper.api;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * A liquidation that we sent.
 *
 * @param repaid what we paid, with its symbol
 * @param received what we expect to receive, with its symbol
 * @param state how far the transaction has come
 * @param latencyMs from seeing the block to sending
 */
public record LiquidationView(
        BlockNumber blockNumber,
        Instant time,
        Address account,
        String repaid,
        String received,
        BaseValue expectedProfitBase,
        String state,
        Optional<TxHash> tx,
        Optional<BlockNumber> minedBlock,
        Optional<Double> latencyMs) {}

package plimsoll.keeper.api;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * A liquidation that we sent. What was planned is absent where a crash came before the journal was written.
 *
 * @param repaid what we planned to pay, with its symbol
 * @param received what we planned to receive, with its symbol
 * @param state how far the transaction has come
 * @param latencyMs from seeing the block to sending
 */
public record LiquidationView(
        Instant time,
        String market,
        Address account,
        Optional<String> repaid,
        Optional<String> received,
        Optional<BaseValue> expectedProfitBase,
        String state,
        Optional<TxHash> tx,
        Optional<BlockNumber> minedBlock,
        Optional<Double> latencyMs) {}

package plimsoll.chain.auction;

import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * A signed transaction for the place behind an update. What is paid for the place is the transaction's own tip.
 *
 * @param behind the update's reference
 * @param bytes the signed transaction as 0x hex
 * @param block the only block that may hold it
 */
public record SignedBid(TxHash behind, String bytes, BlockNumber block) {}

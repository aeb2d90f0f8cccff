package plimsoll.chain.key;

import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/**
 * An EIP-1559 transaction before its signature.
 *
 * @param data selector and arguments as 0x hex
 */
public record UnsignedTransaction(
        ChainId chain,
        Nonce nonce,
        GasPrice maxPriorityFee,
        GasPrice maxFee,
        Gas gasLimit,
        Address to,
        Wei value,
        String data) {}

package plimsoll.chain.call;

import java.math.BigInteger;
import java.util.Optional;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/**
 * A transaction as a node's pool tells of it; no block holds it yet, and what the node says of its sender is not proven.
 *
 * @param data the call as 0x hex
 * @param tip what it pays for a unit of gas beyond the base fee, at most; the whole price of a transaction without a tip of its own
 */
public record PendingTransaction(
        TxHash hash, Address from, Nonce nonce, Address to, String data, Wei value, Gas gas, GasPrice tip) {

    /** The transaction tried as a call of its sender's. */
    public Call asCall() {
        return Call.of(to, data).from(from).withValue(value).withGas(gas);
    }

    /** Empty for what makes a contract, and for what cannot be read. */
    static Optional<PendingTransaction> read(JsonNode json) {
        if (!json.hasNonNull("to")) {
            return Optional.empty();
        }
        try {
            Fields fields = Fields.of(json, "transaction");
            return Optional.of(new PendingTransaction(
                    fields.txHash("hash"),
                    fields.address("from"),
                    new Nonce(fields.whole("nonce")),
                    fields.address("to"),
                    fields.bytes("input"),
                    Wei.ofRaw(fields.quantity("value")),
                    fields.gas("gas"),
                    GasPrice.ofRaw(
                            fields.has("maxPriorityFeePerGas")
                                    ? fields.quantity("maxPriorityFeePerGas")
                                    : fields.has("gasPrice") ? fields.quantity("gasPrice") : BigInteger.ZERO)));
        } catch (RpcException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}

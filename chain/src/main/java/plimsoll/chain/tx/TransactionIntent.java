package plimsoll.chain.tx;

import java.util.Locale;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/**
 * A transaction that shall happen once.
 *
 * @param reason why, as a key: the same reason never causes a second transaction, on any lane
 * @param data selector and arguments as 0x hex
 * @param maxFeeCap the most that a unit of gas may ever cost for this, tip included
 */
public record TransactionIntent(String reason, Address to, String data, Wei value, Gas gasLimit, GasPrice maxFeeCap) {

    private static final int LONGEST_REASON = 200;

    public TransactionIntent {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "Reason must have 1.." + LONGEST_REASON + " characters: found=" + reason.length());
        }
        if (!data.matches("0x([0-9a-fA-F]{2})*")) {
            throw new IllegalArgumentException("Transaction data is not 0x hex: reason=" + reason);
        }
        data = data.toLowerCase(Locale.ROOT);
    }
}

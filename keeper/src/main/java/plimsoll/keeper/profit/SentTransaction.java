package plimsoll.keeper.profit;

import plimsoll.units.TxHash;

/** A transaction of ours that a block holds, and the reason that it was sent for. */
public record SentTransaction(TxHash tx, String reason) {

    private static final String LIQUIDATION = "liquidate/";

    /** The market of a liquidation, as its reason names it; empty for anything else. */
    String market() {
        if (!reason.startsWith(LIQUIDATION)) {
            return "";
        }
        int account = reason.lastIndexOf('/', reason.lastIndexOf('/') - 1);
        return account < LIQUIDATION.length() ? "" : reason.substring(LIQUIDATION.length(), account);
    }

    /** The borrower of a liquidation, else what kind of transaction it is: sell, approve. */
    String subject() {
        String[] parts = reason.split("/", -1);
        return market().isEmpty() ? parts[0] : parts[parts.length - 2];
    }
}

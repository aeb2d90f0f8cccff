package plimsoll.chain.tx;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
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
 * @param urgency how much of that it offers at once
 * @param deadline when it is of no use any more, to the microsecond: what no block holds by then is given up
 * @param forerunner another's pending transaction that it answers: until a block holds that one it is told to relays alone, in
 *     bundles that begin with it, and it is given up where that one can never happen
 * @param bid the place in a block that it is offered for at an auction, and for nothing else
 */
public record TransactionIntent(
        String reason,
        Address to,
        String data,
        Wei value,
        Gas gasLimit,
        GasPrice maxFeeCap,
        Urgency urgency,
        Optional<Instant> deadline,
        Optional<Forerunner> forerunner,
        Optional<Bid> bid) {

    /** A sale's names four addresses and a market's id of 32 bytes. */
    private static final int LONGEST_REASON = 300;

    public TransactionIntent {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "Reason must have 1.." + LONGEST_REASON + " characters: found=" + reason.length());
        }
        if (!data.matches("0x([0-9a-fA-F]{2})*")) {
            throw new IllegalArgumentException("Transaction data is not 0x hex: reason=" + reason);
        }
        data = data.toLowerCase(Locale.ROOT);
        deadline = deadline.map(time -> time.truncatedTo(ChronoUnit.MICROS));
    }

    /** Of normal urgency and without a deadline. */
    public TransactionIntent(String reason, Address to, String data, Wei value, Gas gasLimit, GasPrice maxFeeCap) {
        this(
                reason,
                to,
                data,
                value,
                gasLimit,
                maxFeeCap,
                Urgency.NORMAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public TransactionIntent withUrgency(Urgency other) {
        return new TransactionIntent(reason, to, data, value, gasLimit, maxFeeCap, other, deadline, forerunner, bid);
    }

    public TransactionIntent withDeadline(Instant time) {
        return new TransactionIntent(
                reason, to, data, value, gasLimit, maxFeeCap, urgency, Optional.of(time), forerunner, bid);
    }

    public TransactionIntent behind(Forerunner other) {
        return new TransactionIntent(
                reason, to, data, value, gasLimit, maxFeeCap, urgency, deadline, Optional.of(other), bid);
    }

    public TransactionIntent withGasLimit(Gas limit) {
        return new TransactionIntent(reason, to, data, value, limit, maxFeeCap, urgency, deadline, forerunner, bid);
    }

    public TransactionIntent with(Bid other) {
        return new TransactionIntent(
                reason, to, data, value, gasLimit, maxFeeCap, urgency, deadline, forerunner, Optional.of(other));
    }

    boolean isOverdue(Instant now) {
        return deadline.filter(time -> !now.isBefore(time)).isPresent();
    }
}

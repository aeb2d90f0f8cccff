package plimsoll.chain.tx;

import java.time.Instant;
import plimsoll.chain.call.CallResult;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/** What a sender answers to an intent. */
public sealed interface Submission {

    /** Stored under a nonce of its own; it will happen. */
    record Accepted(StoredIntent intent) implements Submission {}

    /** The reason was given before; this is that intent, and nothing new is sent. */
    record Known(StoredIntent intent) implements Submission {}

    /** Nothing is stored or sent: gas costs more than the intent or the lane allows. */
    record GasTooDear(GasPrice found, GasPrice allowed) implements Submission {}

    /** Nothing is stored or sent: the lane might spend more within a day than it is allowed. */
    record SpendCapReached(Wei found, Wei allowed) implements Submission {}

    /** Nothing is stored or sent: the intent's deadline is over. */
    record TooLate(Instant now, Instant deadline) implements Submission {}

    /** Nothing is stored or sent: a bid must be the next transaction of its lane, and others are open. */
    record LaneBusy(long open) implements Submission {}

    /** Dry run: nothing is sent; this is how the call ends on the newest block. */
    record Simulated(CallResult result) implements Submission {}
}

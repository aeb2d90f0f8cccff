package plimsoll.chain.tx;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** Takes intents and sees to it that each happens once, or says why not. */
public interface TransactionSender {

    /** The account that signs. */
    Address address();

    /** One answer for each intent, in the same order; returns as soon as the intents are stored, before they are mined. */
    List<Submission> submitAll(List<TransactionIntent> intents);

    /** How far an earlier intent has come. */
    Optional<StoredIntent> find(String reason);

    /** The same, once it is finished or {@code atMost} is over, whichever comes first. */
    Optional<StoredIntent> await(String reason, Duration atMost);

    /**
     * Something may be submitted soon: what that needs of the chain is asked for now, behind the caller's back.
     *
     * @param head the newest block that the caller knows of
     */
    default void expect(BlockNumber head) {}

    /** Looks at the chain now, and not only when it would by itself: what has become of open intents is known after this. */
    default void look() {}

    default Submission submit(TransactionIntent intent) {
        return submitAll(List.of(intent)).getFirst();
    }
}

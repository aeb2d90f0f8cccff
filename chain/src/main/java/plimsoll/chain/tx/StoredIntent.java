package plimsoll.chain.tx;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plimsoll.units.Nonce;

/**
 * An intent as the store holds it.
 *
 * @param attempts in the order of their numbers; empty while planned
 */
public record StoredIntent(
        long id,
        Lane lane,
        Nonce nonce,
        TransactionIntent intent,
        IntentState state,
        List<Attempt> attempts,
        Instant plannedAt) {

    public StoredIntent {
        attempts = List.copyOf(attempts);
    }

    public StoredIntent with(IntentState newState) {
        return new StoredIntent(id, lane, nonce, intent, newState, attempts, plannedAt);
    }

    /** The same with one attempt more, in the state that it then has. */
    public StoredIntent signed(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        return new StoredIntent(id, lane, nonce, intent, new IntentState.Signed(attempt.hash()), all, plannedAt);
    }

    public String reason() {
        return intent.reason();
    }
}

package plimsoll.chain.tx;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plimsoll.units.Gas;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/**
 * The durable memory of lanes. When a writing method returns, what it wrote survives a crash; each call is one
 * transaction, all of it or nothing. Methods that take a lease throw {@link LeaseLostException} and write nothing where
 * the lease's token is not the lane's newest.
 */
public interface IntentStore {

    /**
     * The lease of a lane for {@code holder}, with a new and higher token, where nobody holds it, the holder's time is
     * over, or {@code holder} holds it already. Absent where another holds it.
     */
    Optional<Lease> acquire(Lane lane, String holder, Duration time);

    /** The same lease, valid for {@code time} from now. */
    Lease renew(Lease lease, Duration time);

    /** Gives the lane free at once; does nothing where the lease is lost already. */
    void release(Lease lease);

    /**
     * Stores every intent whose reason is new as planned, under consecutive nonces from {@code first} in the order given;
     * an intent whose reason is known (on any lane) takes no nonce. One answer for each intent, in the same order.
     */
    List<Planning> plan(Lease lease, Nonce first, List<TransactionIntent> intents, Instant at);

    /** Adds an attempt to each of these intents and sets their state to signed with its hash. */
    void sign(Lease lease, List<Signing> attempts);

    /** Sets the state of each of these intents. One that is withdrawn gives its nonce back, to be planned again. */
    void record(Lease lease, List<Change> changes);

    /**
     * Plans an intent again under {@code nonce}, which must be free, because a transaction that does nothing has used up the
     * one that it had. The used nonce, the attempts made under it and what {@code yielded} cost stay on record as an intent
     * of their own, whose reason nobody else gives; the intent keeps its id and reason and starts anew.
     */
    StoredIntent replan(Lease lease, long intentId, IntentState.Dropped yielded, Nonce nonce);

    Optional<StoredIntent> find(String reason);

    /** The lane's intents that are not finished, by nonce. */
    List<StoredIntent> unfinished(Lane lane);

    /** The intent that the lane planned under a nonce; not one that was withdrawn and has given it back. */
    Optional<StoredIntent> at(Lane lane, Nonce nonce);

    /** The highest nonce that the lane ever planned, but for those that withdrawn intents have given back. */
    Optional<Nonce> highestNonce(Lane lane);

    /**
     * What the lane's intents planned at or after {@code since} have cost so far: the fee of every inclusion, and the
     * value of those that are mined with success or final.
     */
    Wei spentSince(Lane lane, Instant since);

    /** The record that a yielded nonce leaves behind. */
    static StoredIntent yieldedRecord(long id, StoredIntent before, IntentState.Dropped yielded) {
        String reason = "yielded/" + before.lane().chain().value() + "/"
                + before.lane().signer().hex() + "/" + before.nonce().value();
        TransactionIntent nothing = new TransactionIntent(
                reason,
                before.lane().signer(),
                "0x",
                Wei.ZERO,
                new Gas(21_000),
                before.intent().maxFeeCap());
        return new StoredIntent(
                id, before.lane(), before.nonce(), nothing, yielded, before.attempts(), before.plannedAt());
    }

    /**
     * What {@link #plan} did with one intent.
     *
     * @param isNew false where the reason was known; {@code intent} is then the earlier one
     */
    record Planning(StoredIntent intent, boolean isNew) {}

    record Signing(long intentId, Attempt attempt) {}

    record Change(long intentId, IntentState state) {}
}

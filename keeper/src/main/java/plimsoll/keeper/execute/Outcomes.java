package plimsoll.keeper.execute;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneEvents;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** Listens on the lane, so that asking how far a transaction has come costs no query. */
public final class Outcomes implements LaneEvents {

    private final LaneEvents next;
    private final BiConsumer<String, Instant> whenSent;
    private final Map<String, StoredIntent> newest = new ConcurrentHashMap<>();
    private volatile boolean laneLost;

    /**
     * @param next hears everything too
     * @param whenSent told the reason and the time whenever a node accepts a transaction
     */
    public Outcomes(LaneEvents next, BiConsumer<String, Instant> whenSent) {
        this.next = next;
        this.whenSent = whenSent;
    }

    Optional<StoredIntent> of(String reason) {
        return Optional.ofNullable(newest.get(reason));
    }

    void forget(String reason) {
        newest.remove(reason);
    }

    /** Whether another process has taken the lane over. */
    public boolean isLaneLost() {
        return laneLost;
    }

    private void note(StoredIntent intent) {
        newest.put(intent.reason(), intent);
    }

    @Override
    public void opened(Lease lease, Nonce nextNonce, int unfinished) {
        laneLost = false;
        next.opened(lease, nextNonce, unfinished);
    }

    @Override
    public void planned(StoredIntent intent) {
        note(intent);
        next.planned(intent);
    }

    @Override
    public void signed(StoredIntent intent, Attempt attempt) {
        note(intent);
        next.signed(intent, attempt);
    }

    @Override
    public void reached(StoredIntent intent) {
        note(intent);
        if (intent.state() instanceof IntentState.Sent sent) {
            whenSent.accept(intent.reason(), sent.at());
        }
        next.reached(intent);
    }

    @Override
    public void reorganised(StoredIntent intent, Inclusion lost) {
        note(intent);
        next.reorganised(intent, lost);
    }

    @Override
    public void refused(StoredIntent intent, RpcException reason) {
        next.refused(intent, reason);
    }

    @Override
    public void cancelling(StoredIntent intent, String reason) {
        next.cancelling(intent, reason);
    }

    @Override
    public void heldByCap(StoredIntent intent, GasPrice cap) {
        next.heldByCap(intent, cap);
    }

    @Override
    public void heldByBudget(StoredIntent intent, Wei found, Wei allowed) {
        next.heldByBudget(intent, found, allowed);
    }

    @Override
    public void forgotten(StoredIntent intent) {
        note(intent);
        next.forgotten(intent);
    }

    @Override
    public void yielding(StoredIntent intent, StoredIntent urgent) {
        next.yielding(intent, urgent);
    }

    @Override
    public void replanned(StoredIntent intent, Nonce before) {
        note(intent);
        next.replanned(intent, before);
    }

    @Override
    public void filling(StoredIntent filler) {
        next.filling(filler);
    }

    @Override
    public void contradicted(StoredIntent intent, String contradiction) {
        next.contradicted(intent, contradiction);
    }

    @Override
    public void troubled(Lane lane, RuntimeException reason) {
        next.troubled(lane, reason);
    }

    @Override
    public void lost(Lease lease) {
        laneLost = true;
        next.lost(lease);
    }
}

package plimsoll.chain.relay;

import java.util.List;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;

/** One open intent on its way: since when, how, and the bundles that carry its newest attempt into the next blocks. */
final class Shipment {

    private BlockNumber since;
    private StoredIntent intent;
    private List<Bundle> bundles = List.of();
    private List<Nonce> ahead = List.of();
    private List<Forerunner> forerunners = List.of();
    private boolean isPublic;

    /** @param since the head at the first try */
    Shipment(StoredIntent intent, BlockNumber since) {
        this.intent = intent;
        this.since = since;
    }

    BlockNumber since() {
        return since;
    }

    StoredIntent intent() {
        return intent;
    }

    Attempt attempt() {
        return intent.attempts().getLast();
    }

    void renew(StoredIntent newest) {
        intent = newest;
    }

    List<Bundle> bundles() {
        return bundles;
    }

    /** It starts to wait now: what it stood behind is in a block. */
    void waitFrom(BlockNumber head) {
        since = head;
    }

    /**
     * @param ahead the nonces whose transactions stand before this one in its bundles
     * @param others the transactions of others that do
     */
    void pack(List<Bundle> newest, List<Nonce> ahead, List<Forerunner> others) {
        this.bundles = List.copyOf(newest);
        this.ahead = List.copyOf(ahead);
        this.forerunners = List.copyOf(others);
    }

    /** The transactions of others in its bundles. */
    List<Forerunner> forerunners() {
        return forerunners;
    }

    List<Nonce> ahead() {
        return ahead;
    }

    boolean isPublic() {
        return isPublic;
    }

    void goPublic() {
        isPublic = true;
    }

    /** Whether no bundle aims at a block behind {@code head}. */
    boolean isRunOut(BlockNumber head) {
        return bundles.isEmpty() || bundles.getLast().target().compareTo(head) <= 0;
    }
}

package plimsoll.chain.relay;

import java.util.List;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;

/** One open intent on its way: since when, how, and the bundles that carry its newest attempt into the next blocks. */
final class Shipment {

    private final BlockNumber since;
    private StoredIntent intent;
    private List<Bundle> bundles = List.of();
    private List<Nonce> ahead = List.of();
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

    /** @param ahead the nonces whose transactions stand before this one in its bundles */
    void pack(List<Bundle> newest, List<Nonce> ahead) {
        this.bundles = List.copyOf(newest);
        this.ahead = List.copyOf(ahead);
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

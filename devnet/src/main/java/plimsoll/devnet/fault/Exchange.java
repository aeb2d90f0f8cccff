package plimsoll.devnet.fault;

import java.io.IOException;
import java.util.OptionalLong;

/** What all requests of one exchange see alike: whether it is a batch, and where a stale node claims to stand. */
final class Exchange {

    private final Faults faults;
    private final Upstream upstream;
    private final boolean batch;
    private boolean asked;
    private OptionalLong claimedHead = OptionalLong.empty();

    Exchange(Faults faults, Upstream upstream, boolean batch) {
        this.faults = faults;
        this.upstream = upstream;
        this.batch = batch;
    }

    boolean isBatch() {
        return batch;
    }

    /** The block that is called the head; absent where the truth is told. */
    OptionalLong claimedHead() throws IOException {
        if (!asked) {
            asked = true;
            if (faults.isDue(Fault.STALE_HEAD)) {
                long blocks = faults.setting(Fault.STALE_HEAD)
                        .map(FaultSetting::amount)
                        .orElse(0L);
                OptionalLong head = upstream.head();
                claimedHead = head.isPresent()
                        ? OptionalLong.of(Math.max(0, head.getAsLong() - blocks))
                        : OptionalLong.empty();
            }
        }
        return claimedHead;
    }
}

package plimsoll.chain.call;

import java.util.Locale;

/** A block named by its role; which block that is changes as the chain grows. */
public enum BlockTag implements BlockAt {
    EARLIEST,
    FINALIZED,
    SAFE,
    LATEST,
    PENDING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

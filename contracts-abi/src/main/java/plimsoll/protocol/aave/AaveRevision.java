package plimsoll.protocol.aave;

import java.util.Arrays;

/**
 * A version of Aave v3 whose arithmetic is known here to the last wei. {@code Pool.POOL_REVISION} on chain names it; the
 * roundings differ between versions, so an unknown one is refused instead of taken for its neighbour.
 */
public enum AaveRevision {
    /** aave-v3-origin 3.6.0. */
    V3_6(10);

    private final int poolRevision;

    AaveRevision(int poolRevision) {
        this.poolRevision = poolRevision;
    }

    /** The version that a pool says it is. */
    public static AaveRevision ofPoolRevision(long poolRevision) {
        return Arrays.stream(values())
                .filter(revision -> revision.poolRevision == poolRevision)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Pool revision is not one whose arithmetic we know: found=" + poolRevision + " known=10"));
    }

    public int poolRevision() {
        return poolRevision;
    }
}

package plimsoll.chain.tx;

import java.util.List;
import plimsoll.units.Bps;

/**
 * How much an intent may pay for time, from patient to hasty: which share of what others tip it offers, and how much higher
 * than the next block's base fee its own limit stands, so that it survives blocks that grow dearer.
 */
public enum Urgency {
    /** Nothing is lost by waiting: an allowance, a rebalancing. */
    SLOW(15, 15_000),
    /** Wanted within a few blocks. */
    NORMAL(50, 20_000),
    /** Wanted in the next block: a liquidation that others want too. */
    URGENT(85, 25_000);

    /** The percentiles of all, in their order. */
    static final List<Integer> PERCENTILES = List.of(SLOW.percentile, NORMAL.percentile, URGENT.percentile);

    private final int percentile;
    private final int headroomBps;

    Urgency(int percentile, int headroomBps) {
        this.percentile = percentile;
        this.headroomBps = headroomBps;
    }

    /** Where its percentile stands among {@link #PERCENTILES}. */
    int place() {
        return PERCENTILES.indexOf(percentile);
    }

    /** The next base fee's share that the whole price may reach before the tip is added. */
    Bps headroom() {
        return new Bps(headroomBps);
    }

    /** One word for a log, a table or a page. */
    public String word() {
        return switch (this) {
            case SLOW -> "slow";
            case NORMAL -> "normal";
            case URGENT -> "urgent";
        };
    }

    boolean isMoreThan(Urgency other) {
        return compareTo(other) > 0;
    }
}

package plimsoll.oracle.parameter;

import plimsoll.units.Bps;

/**
 * How far one proposal may move a reserve: calm in small things, quick to tighten, slow to loosen.
 *
 * @param deadBand moves of both LTV and threshold below this are not worth a vote
 * @param mostTightening most that a proposal may lower the threshold
 * @param mostLoosening most that a proposal may raise the threshold
 * @param highestThreshold no proposal of ours raises a threshold above this
 * @param lowestThreshold no proposal of ours lowers a threshold below this; people decide on delisting
 */
public record StabilityRule(
        Bps deadBand, Bps mostTightening, Bps mostLoosening, Bps highestThreshold, Bps lowestThreshold) {

    public StabilityRule {
        if (highestThreshold.compareTo(Bps.ONE_HUNDRED_PERCENT) > 0) {
            throw new IllegalArgumentException(
                    "Highest threshold exceeds 100 %: found=" + highestThreshold + " allowed=10000 bps");
        }
        if (lowestThreshold.isZero() || lowestThreshold.compareTo(highestThreshold) > 0) {
            throw new IllegalArgumentException("Lowest threshold is not within 1 bps and the highest: lowest="
                    + lowestThreshold + " highest=" + highestThreshold);
        }
        if (mostTightening.isZero() || mostLoosening.isZero()) {
            throw new IllegalArgumentException("A proposal must be allowed to move: mostTightening=" + mostTightening
                    + " mostLoosening=" + mostLoosening);
        }
    }
}

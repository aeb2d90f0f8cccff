package plimsoll.oracle.study;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One borrower without prices: what stands behind the debt, what it is owed in, and how far the borrower goes.
 *
 * @param collateral dollars by symbol
 * @param debtMix shares of the debt by symbol; they add up to one
 * @param isEtherOnly staked ether against ether: such accounts use the efficiency mode of ether
 */
record Profile(
        SortedMap<String, Double> collateral,
        SortedMap<String, Double> debtMix,
        Appetite appetite,
        boolean isEtherOnly) {

    Profile {
        collateral = new TreeMap<>(collateral);
        debtMix = new TreeMap<>(debtMix);
    }

    /** What a borrower keeps when parameters change. */
    sealed interface Appetite {

        /** This health factor. */
        record Health(double factor) implements Appetite {}

        /** This share of what may be borrowed. */
        record ShareOfLimit(double share) implements Appetite {}
    }

    Profile scaled(double factor) {
        var values = new TreeMap<>(collateral);
        values.replaceAll((symbol, value) -> value * factor);
        return new Profile(values, debtMix, appetite, isEtherOnly);
    }

    /**
     * The debt in dollars that this borrower would have, given what the collateral may borrow and hold up. Nobody starts
     * above the limit.
     *
     * @param limit collateral weighted by LTV
     * @param threshold collateral weighted by liquidation threshold
     */
    double debt(double limit, double threshold) {
        return switch (appetite) {
            case Appetite.Health health -> Math.min(limit, threshold / health.factor());
            case Appetite.ShareOfLimit share -> limit * Math.min(1, share.share());
        };
    }
}

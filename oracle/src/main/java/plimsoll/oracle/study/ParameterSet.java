package plimsoll.oracle.study;

import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.risk.simulation.CollateralTerms;

/**
 * Who set which terms for which asset.
 *
 * @param terms by the symbol of the snapshot
 */
record ParameterSet(String name, SortedMap<String, CollateralTerms> terms) {

    ParameterSet {
        terms = new TreeMap<>(terms);
    }

    CollateralTerms of(String symbol) {
        return terms.getOrDefault(symbol, CollateralTerms.NONE);
    }

    /**
     * All thresholds and LTVs by one factor, bonuses as they are: tighter below 1, looser above. A threshold ends where the
     * contract's own rule ends it, threshold times one plus the bonus at 100 %.
     */
    ParameterSet scaled(double factor) {
        var changed = new TreeMap<>(terms);
        changed.replaceAll((symbol, term) ->
                term.withThreshold(Math.min(term.liquidationThreshold() * factor, 1 / (1 + term.liquidationBonus()))));
        return new ParameterSet(name, changed);
    }
}

package plimsoll.oracle.study;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a calibration said of a market.
 *
 * @param target the parameters that the model holds right; reserves that could not be judged keep what they had
 * @param kept why a reserve could not be judged, by symbol
 * @param neededBonus the bonus that liquidators need, by symbol of those that were judged
 */
record Judgement(ParameterSet target, SortedMap<String, String> kept, SortedMap<String, Double> neededBonus) {

    Judgement {
        kept = new TreeMap<>(kept);
        neededBonus = new TreeMap<>(neededBonus);
    }
}

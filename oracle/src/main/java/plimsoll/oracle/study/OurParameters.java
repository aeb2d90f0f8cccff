package plimsoll.oracle.study;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.oracle.file.MarketFile.Snapshot;

/** What a calibration would have said on a day, knowing nothing later. */
interface OurParameters {

    Judgement asOf(Snapshot snapshot, LocalDate day);

    /**
     * One calibration.
     *
     * @param target the parameters that the model holds right, before steps and dead-bands; reserves that could not be judged
     *     keep what they had
     * @param kept why a reserve could not be judged, by symbol
     * @param neededBonus the bonus that liquidators need, by symbol of those that were judged
     */
    record Judgement(ParameterSet target, SortedMap<String, String> kept, SortedMap<String, Double> neededBonus) {
        public Judgement {
            kept = new TreeMap<>(kept);
            neededBonus = new TreeMap<>(neededBonus);
        }
    }
}

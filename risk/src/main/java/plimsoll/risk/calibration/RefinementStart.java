package plimsoll.risk.calibration;

import java.util.ArrayList;
import java.util.List;
import plimsoll.risk.calibration.Refinement.Candidate;

/**
 * Where a refinement starts and between which bounds it looks; element i of every list belongs to asset i.
 *
 * @param names of the assets, for the steps' sentences
 * @param thresholds the closed form's answer
 * @param ltvShares k: LTV as a share of the threshold, which every move keeps
 * @param lowest thresholds, at most the start's
 * @param highest thresholds, at least the start's; the caller sees to it that they leave room for the bonus
 */
public record RefinementStart(
        List<String> names,
        List<Double> thresholds,
        List<Double> ltvShares,
        List<Double> lowest,
        List<Double> highest) {

    public RefinementStart {
        names = List.copyOf(names);
        thresholds = List.copyOf(thresholds);
        ltvShares = List.copyOf(ltvShares);
        lowest = List.copyOf(lowest);
        highest = List.copyOf(highest);
        var size = names.size();
        if (size == 0
                || thresholds.size() != size
                || ltvShares.size() != size
                || lowest.size() != size
                || highest.size() != size) {
            throw new IllegalArgumentException(
                    "A refinement needs one entry an asset in each list: names=%d thresholds=%d ltvShares=%d lowest=%d highest=%d"
                            .formatted(size, thresholds.size(), ltvShares.size(), lowest.size(), highest.size()));
        }
        for (var i = 0; i < size; i++) {
            Ranges.within("threshold of " + names.get(i), thresholds.get(i), lowest.get(i), highest.get(i));
            Ranges.within("LTV share of " + names.get(i), ltvShares.get(i), 0, 1);
            Ranges.within("lowest threshold of " + names.get(i), lowest.get(i), 0, 1);
            Ranges.within("highest threshold of " + names.get(i), highest.get(i), 0, 1);
        }
    }

    int size() {
        return names.size();
    }

    /** From the lowest vector at −1 over the start at 0 to the highest at 1. */
    double[] along(double share) {
        var at = new double[size()];
        for (var i = 0; i < at.length; i++) {
            var from = thresholds.get(i);
            var to = share < 0 ? lowest.get(i) : highest.get(i);
            at[i] = from + Math.abs(share) * (to - from);
        }
        return at;
    }

    /** The farthest that any threshold moves between two places on the way. */
    double farthestMove(double from, double to) {
        var before = along(from);
        var after = along(to);
        var most = 0.0;
        for (var i = 0; i < before.length; i++) {
            most = Math.max(most, Math.abs(after[i] - before[i]));
        }
        return most;
    }

    /** The widest distance between an asset's bounds. */
    double widest() {
        var most = 0.0;
        for (var i = 0; i < size(); i++) {
            most = Math.max(most, highest.get(i) - lowest.get(i));
        }
        return most;
    }

    Candidate candidate(double[] at) {
        var ltvs = new ArrayList<Double>();
        var copy = new ArrayList<Double>();
        for (var i = 0; i < at.length; i++) {
            copy.add(at[i]);
            ltvs.add(at[i] * ltvShares.get(i));
        }
        return new Candidate(copy, ltvs);
    }
}

package plimsoll.risk.dependence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Residuals of several assets at the same instants, and how many of each asset's own had no partner. */
public final class JointResiduals {

    private final List<Series> assets;
    private final List<Instant> times;
    private final double[][] columns;

    private JointResiduals(List<Series> assets, List<Instant> times, double[][] columns) {
        this.assets = assets;
        this.times = times;
        this.columns = columns;
    }

    /** Keeps the instants that every series has; series are in time order, resampled to a common grid. */
    public static JointResiduals aligned(List<Series> series) {
        if (series.size() < 2) {
            throw new IllegalArgumentException("dependence needs two series: found=" + series.size());
        }
        var next = new int[series.size()];
        var times = new ArrayList<Instant>();
        var rows = new ArrayList<int[]>();
        var first = series.getFirst();
        for (next[0] = 0; next[0] < first.size(); next[0]++) {
            var at = first.times().get(next[0]);
            if (everyOtherReaches(series, next, at)) {
                times.add(at);
                rows.add(next.clone());
            }
        }
        var columns = new double[series.size()][rows.size()];
        for (var row = 0; row < rows.size(); row++) {
            for (var i = 0; i < columns.length; i++) {
                columns[i][row] = series.get(i).values[rows.get(row)[i]];
            }
        }
        return new JointResiduals(List.copyOf(series), List.copyOf(times), columns);
    }

    private static boolean everyOtherReaches(List<Series> series, int[] next, Instant at) {
        var all = true;
        for (var i = 1; i < series.size(); i++) {
            var times = series.get(i).times();
            while (next[i] < times.size() && times.get(next[i]).isBefore(at)) {
                next[i]++;
            }
            all &= next[i] < times.size() && times.get(next[i]).equals(at);
        }
        return all;
    }

    /**
     * Rank correlations of every two series at the instants that those two share: more data for the older assets, at
     * the price that the correlations may contradict each other and are then repaired. Pairs with fewer common rows
     * than {@code fewestRows} count as uncorrelated.
     */
    public static CorrelationMatrix.Repair pairwiseCorrelation(List<Series> series, int fewestRows) {
        var values = new double[series.size()][series.size()];
        for (var i = 0; i < series.size(); i++) {
            values[i][i] = 1;
            for (var j = 0; j < i; j++) {
                var pair = aligned(List.of(series.get(i), series.get(j)));
                if (pair.size() >= Math.max(fewestRows, Columns.FEWEST_ROWS)) {
                    values[i][j] = KendallCorrelation.of(RankScores.of(pair.columns))[0][1];
                    values[j][i] = values[i][j];
                }
            }
        }
        return CorrelationMatrix.nearest(values);
    }

    /** How many instants all series share. */
    public int size() {
        return times.size();
    }

    public List<String> assets() {
        return assets.stream().map(Series::asset).toList();
    }

    public List<Instant> times() {
        return times;
    }

    /** One column for each asset, rows by time. */
    public double[][] columns() {
        return SymmetricMatrix.copy(columns);
    }

    /** What alignment cost each asset, in the order of the assets. */
    public List<Dropped> dropped() {
        return assets.stream()
                .map(series -> new Dropped(series.asset(), series.size() - times.size(), series.size()))
                .toList();
    }

    /** How many residuals of an asset had no partner in some other series. */
    public record Dropped(String asset, int dropped, int of) {}

    /** One asset's residuals by time. */
    public static final class Series {

        private final String asset;
        private final List<Instant> times;
        private final double[] values;

        public Series(String asset, List<Instant> times, double[] values) {
            if (times.size() != values.length) {
                throw new IllegalArgumentException(
                        "times and residuals differ in number: asset=%s times=%d residuals=%d"
                                .formatted(asset, times.size(), values.length));
            }
            for (var i = 1; i < values.length; i++) {
                if (!times.get(i).isAfter(times.get(i - 1))) {
                    throw new IllegalArgumentException(
                            "residuals are out of order: asset=%s at=%s".formatted(asset, times.get(i)));
                }
            }
            this.asset = asset;
            this.times = List.copyOf(times);
            this.values = values.clone();
        }

        public String asset() {
            return asset;
        }

        public List<Instant> times() {
            return times;
        }

        public int size() {
            return values.length;
        }
    }
}

package plimsoll.risk.dependence;

import java.util.Arrays;

/**
 * Which correlation do the ranks imply? For every elliptical distribution, whatever its margins, ρ = sin(π·τ/2) with
 * Kendall's τ_b, the share of concordant less that of discordant pairs of rows.
 * Source: docs/models/t-copula.md, equation 4; Lindskog, McNeil and Schmock (2003).
 *
 * <p>Discordant pairs are counted row by row in the order of one asset: how many earlier rows rank higher in the other?
 * The earlier ranks stand in a bit set whose words are counted in a Fenwick tree, so a row costs a few steps.
 */
final class KendallCorrelation {

    private final int rows;
    /** Rows by rank, for each asset; groups of ties in the order of the file. */
    private final int[][] order;
    /** By asset and row: its place in {@code order}, and the place after the last that ties with it. */
    private final int[][] place;

    private final int[][] end;
    private final long[] tiedPairs;

    private KendallCorrelation(RankScores ranks) {
        rows = ranks.rows();
        order = new int[ranks.assets()][];
        place = new int[ranks.assets()][];
        end = new int[ranks.assets()][];
        tiedPairs = new long[ranks.assets()];
        for (var asset = 0; asset < ranks.assets(); asset++) {
            arrange(asset, ranks.doubledRanks(asset));
        }
    }

    /** sin(π·τ/2) of every two assets; such a matrix may contradict itself. */
    static double[][] of(RankScores ranks) {
        var pairs = new KendallCorrelation(ranks);
        var assets = ranks.assets();
        var values = new double[assets][assets];
        for (var i = 0; i < assets; i++) {
            values[i][i] = 1;
            for (var j = 0; j < i; j++) {
                values[i][j] = StrictMath.sin(Math.PI / 2 * pairs.tau(i, j));
                values[j][i] = values[i][j];
            }
        }
        return values;
    }

    private void arrange(int asset, int[] doubledRanks) {
        var starts = new int[2 * rows + 2];
        for (var rank : doubledRanks) {
            starts[rank + 1]++;
        }
        for (var rank = 1; rank < starts.length; rank++) {
            long tied = starts[rank];
            tiedPairs[asset] += tied * (tied - 1) / 2;
            starts[rank] += starts[rank - 1];
        }
        order[asset] = new int[rows];
        place[asset] = new int[rows];
        end[asset] = new int[rows];
        var next = starts.clone();
        for (var row = 0; row < rows; row++) {
            var rank = doubledRanks[row];
            place[asset][row] = next[rank];
            order[asset][next[rank]++] = row;
            end[asset][row] = starts[rank + 1];
        }
    }

    private double tau(int a, int b) {
        var all = rows * (rows - 1L) / 2;
        var counted = new Counted(rows);
        var discordant = 0L;
        var tiedInBoth = 0L;
        for (var from = 0; from < rows; ) {
            var to = end[a][order[a][from]];
            for (var k = from; k < to; k++) {
                discordant += from - counted.below(end[b][order[a][k]]);
            }
            tiedInBoth += to - from > 1 ? tiesWithin(a, b, from, to) : 0;
            for (var k = from; k < to; k++) {
                counted.add(place[b][order[a][k]]);
            }
            from = to;
        }
        var concordantLessDiscordant = all - tiedPairs[a] - tiedPairs[b] + tiedInBoth - 2 * discordant;
        return concordantLessDiscordant / Math.sqrt((double) (all - tiedPairs[a]) * (all - tiedPairs[b]));
    }

    private long tiesWithin(int a, int b, int from, int to) {
        var ends = new int[to - from];
        for (var k = from; k < to; k++) {
            ends[k - from] = end[b][order[a][k]];
        }
        Arrays.sort(ends);
        var pairs = 0L;
        var run = 1;
        for (var k = 1; k < ends.length; k++) {
            run = ends[k] == ends[k - 1] ? run + 1 : 1;
            pairs += run - 1;
        }
        return pairs;
    }

    /** A set of small integers that says how many of them lie below one. */
    private static final class Counted {

        private final long[] words;
        private final int[] tree;

        Counted(int size) {
            words = new long[(size >> 6) + 1];
            tree = new int[words.length + 1];
        }

        void add(int value) {
            words[value >> 6] |= 1L << value;
            for (var k = (value >> 6) + 1; k < tree.length; k += k & -k) {
                tree[k]++;
            }
        }

        int below(int value) {
            var count = Long.bitCount(words[value >> 6] & ((1L << value) - 1));
            for (var k = value >> 6; k > 0; k -= k & -k) {
                count += tree[k];
            }
            return count;
        }
    }
}

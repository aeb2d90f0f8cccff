package plimsoll.risk.path;

import java.io.Serializable;
import java.util.function.DoubleBinaryOperator;

/**
 * A function of a score, straight between nodes that lie denser where scores are: 256 to each doubling of 1 + |x|.
 * The node is found in the bits of 1 + |x|, so that a look-up costs no search, and it is exact: the table is the function.
 * Source: docs/models/joint-paths.md, equation 4.
 */
final class ScoreTable implements Serializable {

    private static final int NODE_BITS = 8;
    private static final int FRACTION_BITS = 52 - NODE_BITS;
    private static final long ONE = 0x3ff0000000000000L;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;

    private final double[] nodes;
    private final int last;

    private ScoreTable(double[] nodes) {
        this.nodes = nodes;
        last = nodes.length / 2 - 2;
    }

    /** |x| at a node. */
    static double score(int node) {
        return Double.longBitsToDouble(ONE + ((long) node << FRACTION_BITS)) - 1;
    }

    /**
     * Tabulates up to 1 + |x| = 2^doublings; beyond, the function stays as at the last node.
     *
     * @param value of |x| and the sign of x
     */
    static ScoreTable of(int doublings, DoubleBinaryOperator value) {
        var side = (doublings << NODE_BITS) + 2;
        var nodes = new double[2 * side];
        for (var node = 0; node < side; node++) {
            var size = score(Math.min(node, side - 2));
            nodes[node] = value.applyAsDouble(size, 1);
            nodes[side + node] = value.applyAsDouble(size, -1);
        }
        return new ScoreTable(nodes);
    }

    double at(double x) {
        var bits = Double.doubleToRawLongBits(1 + Math.abs(x)) - ONE;
        var cell = Math.min((int) (bits >>> FRACTION_BITS), last);
        var share = Double.longBitsToDouble(ONE | (bits & FRACTION) << NODE_BITS) - 1;
        var node = x < 0 ? cell + last + 2 : cell;
        var near = nodes[node];
        return Math.fma(share, nodes[node + 1] - near, near);
    }

    /** out = f(x) from one index to another; the arrays may be the same. */
    void apply(double[] x, double[] out, int from, int to) {
        for (var i = from; i < to; i++) {
            out[i] = at(x[i]);
        }
    }
}

package plimsoll.risk.path;

/**
 * One block of joint price paths, in columns: for each asset and step the relative prices of all its paths.
 * It belongs to one thread, which fills it again and again.
 */
public final class PathBlock {

    private final int assets;
    private final int steps;
    private final double[][] columns;
    private int count;

    public PathBlock(int assets, int steps) {
        if (assets < 1 || steps < 1) {
            throw new IllegalArgumentException("a block holds nothing: assets=" + assets + " steps=" + steps);
        }
        this.assets = assets;
        this.steps = steps;
        columns = new double[assets * steps][PathSource.BLOCK];
    }

    /** A block that fits a source. */
    public static PathBlock of(PathSource source) {
        return new PathBlock(source.assets(), source.steps());
    }

    public int assets() {
        return assets;
    }

    public int steps() {
        return steps;
    }

    /** Paths that the block holds at present; what lies behind them in a column is left over and means nothing. */
    public int count() {
        return count;
    }

    /** Says how many paths the block holds now; the one who fills it calls this. */
    public void holds(int paths) {
        if (paths < 0 || paths > PathSource.BLOCK) {
            throw new IllegalArgumentException(
                    "paths do not fit into a block: found=" + paths + " allowed=" + PathSource.BLOCK);
        }
        count = paths;
    }

    /** P(step)/P(0) of one asset, one value for each path; the array itself, so that it can be filled. */
    public double[] price(int asset, int step) {
        return columns[asset * steps + step];
    }
}

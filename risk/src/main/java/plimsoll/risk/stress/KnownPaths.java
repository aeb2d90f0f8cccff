package plimsoll.risk.stress;

import java.util.List;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;

/** Relative price paths that are known one by one: no chance, seldom more than a handful. */
final class KnownPaths implements PathSource {

    private final int assets;
    private final int steps;
    private final List<double[][]> paths;

    /** Each path is {@code [asset][step]}, all of one shape. */
    KnownPaths(List<double[][]> paths) {
        this.paths = List.copyOf(paths);
        assets = paths.getFirst().length;
        steps = paths.getFirst()[0].length;
    }

    @Override
    public int assets() {
        return assets;
    }

    @Override
    public int steps() {
        return steps;
    }

    @Override
    public int paths() {
        return paths.size();
    }

    @Override
    public void fill(int block, PathBlock out) {
        var count = count(block);
        out.holds(count);
        for (var asset = 0; asset < assets; asset++) {
            for (var step = 0; step < steps; step++) {
                var column = out.price(asset, step);
                for (var i = 0; i < count; i++) {
                    column[i] = paths.get(block * BLOCK + i)[asset][step];
                }
            }
        }
    }

    double price(int path, int asset, int step) {
        return paths.get(path)[asset][step];
    }
}

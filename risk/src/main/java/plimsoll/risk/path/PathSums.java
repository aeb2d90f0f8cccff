package plimsoll.risk.path;

import java.util.function.IntFunction;

/** Σ P and Σ P² of every asset and step over a block's paths: the least that tells whether two places drew the same paths. */
public record PathSums(JointPaths paths) implements BlockTask {

    @Override
    public int blocks() {
        return paths.blocks();
    }

    @Override
    public IntFunction<double[]> open() {
        var block = PathBlock.of(paths);
        return number -> {
            paths.fill(number, block);
            return sums(block);
        };
    }

    private static double[] sums(PathBlock block) {
        var sums = new double[2 * block.assets() * block.steps()];
        var at = 0;
        for (var asset = 0; asset < block.assets(); asset++) {
            for (var step = 0; step < block.steps(); step++) {
                var price = block.price(asset, step);
                for (var path = 0; path < block.count(); path++) {
                    sums[at] += price[path];
                    sums[at + 1] += price[path] * price[path];
                }
                at += 2;
            }
        }
        return sums;
    }
}

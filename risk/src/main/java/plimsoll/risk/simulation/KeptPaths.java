package plimsoll.risk.simulation;

import java.util.concurrent.atomic.AtomicReferenceArray;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;

/**
 * Paths made once and kept in memory, because many parameter vectors will be tried on them: 8 bytes for each asset, step and
 * path. Blocks that a bound on memory leaves out are made again each time, to the same bits.
 */
public final class KeptPaths implements PathSource {

    private final PathSource paths;
    private final AtomicReferenceArray<PathBlock> blocks;

    public KeptPaths(PathSource paths, long mostBytes) {
        this.paths = paths;
        var blockBytes = 8L * BLOCK * paths.assets() * paths.steps();
        blocks = new AtomicReferenceArray<>((int) Math.min(paths.blocks(), mostBytes / blockBytes));
    }

    /** Blocks that fit into the memory given. */
    public int kept() {
        return blocks.length();
    }

    @Override
    public int assets() {
        return paths.assets();
    }

    @Override
    public int steps() {
        return paths.steps();
    }

    @Override
    public int paths() {
        return paths.paths();
    }

    @Override
    public void fill(int block, PathBlock out) {
        var from = block(block, out);
        if (from == out) {
            return;
        }
        for (var asset = 0; asset < assets(); asset++) {
            for (var step = 0; step < steps(); step++) {
                System.arraycopy(from.price(asset, step), 0, out.price(asset, step), 0, BLOCK);
            }
        }
        out.holds(from.count());
    }

    /** The kept block, to be read only; or the scratch filled, where it is not kept. */
    PathBlock block(int number, PathBlock scratch) {
        if (number >= blocks.length()) {
            paths.fill(number, scratch);
            return scratch;
        }
        var kept = blocks.get(number);
        if (kept != null) {
            return kept;
        }
        // Two threads that meet here make the same bits twice; a block is asked for by one thread at a time as a rule.
        var made = PathBlock.of(paths);
        paths.fill(number, made);
        blocks.set(number, made);
        return made;
    }
}

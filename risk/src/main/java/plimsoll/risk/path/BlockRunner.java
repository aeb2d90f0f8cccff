package plimsoll.risk.path;

import java.util.List;

/** Where the blocks of a task run. The results come in the order of the blocks, whoever was done first. */
public interface BlockRunner {

    List<double[]> run(BlockTask task);
}

package plimsoll.risk.path;

import java.io.Serializable;
import java.util.function.IntFunction;

/** Work cut into numbered blocks that may run anywhere: pure data, from which every worker makes its own simulator. */
public interface BlockTask extends Serializable {

    int blocks();

    /** A simulator for one thread, used for many blocks: from a block's number to its result. */
    IntFunction<double[]> open();
}

package plimsoll.chain.log;

/** From which depth on a block counts as final: what goes further back is no reorg but an alarm. */
public sealed interface Finality {

    /** The block that the chain itself calls finalized; nothing is final where the node does not know the word. */
    record Tagged() implements Finality {}

    /** A block is final once this many stand above it. */
    record Deep(int blocks) implements Finality {
        public Deep {
            if (blocks < 1) {
                throw new IllegalArgumentException("Finality depth is below one block: found=" + blocks);
            }
        }
    }

    /** Nothing is ever final; a chain that starts afresh is followed into its new life. */
    record Never() implements Finality {}

    static Finality tagged() {
        return new Tagged();
    }

    static Finality deep(int blocks) {
        return new Deep(blocks);
    }

    static Finality never() {
        return new Never();
    }
}

package plimsoll.chain.log;

/**
 * The node tells a history without a block that it had called final and that we have applied. Nothing was rewound: either
 * the node lies or belongs to another chain, or the chain itself has failed, and a person must say which.
 */
public final class FinalityBrokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient BlockRef applied;
    private final transient BlockRef told;

    FinalityBrokenException(String follower, BlockRef applied, BlockRef told, String node) {
        super("Node's chain lacks a final block that was applied: follower=" + follower + " block=" + applied.number()
                + " found=" + told.hash() + " applied=" + applied.hash() + " node=" + node);
        this.applied = applied;
        this.told = told;
    }

    public BlockRef applied() {
        return applied;
    }

    public BlockRef told() {
        return told;
    }
}

package plimsoll.chain.tx;

import java.util.Optional;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;

/**
 * A place directly behind another's hidden transaction, bid for at an auction: in one block or never.
 *
 * <p>An intent with a bid is shown to the auction alone. A block that comes without it ends it and costs nothing: its nonce is free again,
 * for no other block may hold it. Until then the nonce is taken, and whoever is planned behind it has it used up at once.
 *
 * @param behind the auction's name for the hidden transaction; not necessarily its hash on the chain
 * @param block the only block that may hold ours
 * @param tip what is paid to the block's maker for each unit of gas, in place of the tip that is usual
 */
public record Bid(TxHash behind, BlockNumber block, GasPrice tip) {

    /** The bid that an intent's newest attempt stands for; one that does nothing stands for none. */
    public static Optional<Bid> of(StoredIntent intent) {
        boolean acts =
                intent.attempts().isEmpty() || !intent.attempts().getLast().cancels();
        return intent.intent().bid().filter(_ -> acts);
    }

    /** Whether no block from {@code head} on may hold it. */
    boolean isOver(BlockNumber head) {
        return head.compareTo(block) >= 0;
    }
}

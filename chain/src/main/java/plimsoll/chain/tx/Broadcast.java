package plimsoll.chain.tx;

import java.util.List;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.rpc.RpcAnswer;

/** The way that signed bytes take towards a block: the public pool of a node, or relays that keep them private. */
public interface Broadcast {

    /**
     * Sends the newest attempt of each intent, in the order of their nonces. Sending the same bytes again is harmless.
     *
     * @param head the newest block, for ways that name the blocks they aim at
     * @return one answer for each intent, in the same order, as {@code eth_sendRawTransaction} would give it
     */
    List<RpcAnswer> send(List<StoredIntent> intents, BlockHeader head);

    /** Whether {@link #send} has to know the newest block for certain; it costs an exchange before the first bytes leave. */
    default boolean aimsAtBlocks() {
        return true;
    }

    /** Whether intents with a {@link Bid} may be sent this way; no other way is ever shown one. */
    default boolean takesBids() {
        return false;
    }

    /** Whether an intent that was sent, and that no block holds, has to be sent again because of what {@code head} is. */
    default boolean isDue(StoredIntent intent, BlockHeader head) {
        return false;
    }

    /** Those of the waiting intents that have to be sent again; asked once at every new head. */
    default List<StoredIntent> due(List<StoredIntent> waiting, BlockHeader head) {
        return waiting.stream().filter(intent -> isDue(intent, head)).toList();
    }

    /** The intent is finished, or its newest attempt takes its place with another call: what was sent for it may be withdrawn. */
    default void settled(StoredIntent intent) {}
}

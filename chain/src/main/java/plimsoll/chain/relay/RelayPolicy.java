package plimsoll.chain.relay;

import plimsoll.chain.tx.Broadcast;

/** What happens to an intent that relays do not bring into a block. */
public sealed interface RelayPolicy {

    /** It waits: its bytes never reach a public pool from here. */
    record PrivateOnly() implements RelayPolicy {}

    /**
     * It goes public, and stays so: for an intent whose delay costs more than its secret is worth.
     *
     * @param blocks how many blocks may pass without it before that, counted from the first try; at least 1
     * @param pool the public way
     */
    record PublicAfter(int blocks, Broadcast pool) implements RelayPolicy {

        public PublicAfter {
            if (blocks < 1) {
                throw new IllegalArgumentException("Blocks before going public must be at least 1: found=" + blocks);
            }
        }
    }
}

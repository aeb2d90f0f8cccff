package plimsoll.chain.pool;

import java.util.Optional;

/**
 * The block on which an answer depends.
 *
 * @param number its height, -1 where not known
 * @param hash its hash, where the question or the answer names one
 */
record Place(long number, Optional<String> hash) {

    static final Place NONE = new Place(-1, Optional.empty());

    static Place number(long number) {
        return new Place(number, Optional.empty());
    }

    static Place hash(String hash) {
        return new Place(-1, Optional.of(hash));
    }
}

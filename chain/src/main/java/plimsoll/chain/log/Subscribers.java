package plimsoll.chain.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is told what a follower reads.
 *
 * @param store remembers how far each consumer has come
 * @param consumers by the name under which that is stored
 * @param events hears what happens
 */
public record Subscribers(BlockStore store, Map<String, LogConsumer> consumers, FollowerEvents events) {

    public Subscribers {
        consumers = Collections.unmodifiableMap(new LinkedHashMap<>(consumers));
        if (consumers.isEmpty()) {
            throw new IllegalArgumentException("Follower has no consumer");
        }
    }
}

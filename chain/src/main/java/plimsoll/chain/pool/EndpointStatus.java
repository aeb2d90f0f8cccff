package plimsoll.chain.pool;

import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint as it stands now.
 *
 * @param name as configured; never the URL
 * @param operator who runs it; endpoints of one operator count as one voice
 * @param head the newest block that it announced
 * @param latency mean time of an exchange, newer ones counting more; zero before the first
 * @param slow the time within which nineteen of twenty exchanges came back; zero before the first
 * @param inFlight exchanges under way
 * @param batchSize the most requests that it now gets in one exchange
 * @param strikes failures, lies and wrong chains since the start
 * @param reason why it is in this state, empty before anything happened
 */
public record EndpointStatus(
        String name,
        String operator,
        EndpointState state,
        Optional<Head> head,
        Duration latency,
        Duration slow,
        int inFlight,
        int batchSize,
        long strikes,
        String reason) {}

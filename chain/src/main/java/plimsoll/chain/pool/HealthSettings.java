package plimsoll.chain.pool;

import java.time.Duration;
import java.util.List;

/**
 * When an endpoint is taken out and how it comes back.
 *
 * @param maxLag how many blocks behind the agreed head an endpoint may be
 * @param standstill how long an endpoint's head may rest below the agreed one
 * @param forkGrace for how many blocks two endpoints may know different blocks of one height before that is a lie
 * @param failuresToCool failures in a row after which an endpoint is left alone
 * @param firstPause how long it is left alone the first time; twice as long after each failed trial
 * @param longestPause the most that this grows to
 * @param wrongChainRecheck how often an endpoint of another chain is looked at again
 * @param distrust how long an endpoint that lied stays out
 * @param cleanAudits right answers in a row that it then needs to return
 */
public record HealthSettings(
        int maxLag,
        Duration standstill,
        int forkGrace,
        int failuresToCool,
        Duration firstPause,
        Duration longestPause,
        Duration wrongChainRecheck,
        Duration distrust,
        int cleanAudits) {

    /**
     * 3 blocks or 1 minute behind, forks told from lies after 2 blocks, pauses of 0.5 s to 1 minute after 3 failures, 10
     * minutes between looks at a wrong chain, an hour and 20 clean audits for liars.
     */
    public static final HealthSettings DEFAULT = new HealthSettings(
            3,
            Duration.ofMinutes(1),
            2,
            3,
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            20);

    public HealthSettings {
        if (maxLag < 1 || forkGrace < 1 || failuresToCool < 1 || cleanAudits < 1) {
            throw new IllegalArgumentException("Limits of health must be positive: maxLag=" + maxLag + " forkGrace="
                    + forkGrace + " failuresToCool=" + failuresToCool + " cleanAudits=" + cleanAudits);
        }
        for (Duration time : List.of(standstill, firstPause, longestPause, wrongChainRecheck, distrust)) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("Times of health must be positive: found=" + time);
            }
        }
    }
}

package plimsoll.chain.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import plimsoll.chain.rpc.RpcException;

/** Whether an endpoint can be used, decided from what was seen of it. Tells every change of state once. */
final class Health {

    private final String name;
    private final HealthSettings rules;
    private final PoolEvents events;
    private final InstantSource clock;

    private EndpointState state = EndpointState.UNTRIED;
    private String reason = "";
    private boolean rightChain;
    private Instant until = Instant.MIN;
    private Duration pause;
    private int failures;
    private int cleanAudits;
    private long strikes;
    private Optional<Head> head = Optional.empty();
    private Instant headSince = Instant.MIN;

    Health(String name, HealthSettings rules, PoolEvents events, InstantSource clock) {
        this.name = name;
        this.rules = rules;
        this.events = events;
        this.clock = clock;
        pause = rules.firstPause();
    }

    synchronized EndpointState state() {
        return state;
    }

    /** The state with its reason, for a message. */
    synchronized String words() {
        return reason.isEmpty() ? state.toString() : state + " (" + reason + ")";
    }

    synchronized Optional<Head> head() {
        return head;
    }

    /** The height that it announced, -1 before it did. */
    synchronized long height() {
        return head.map(found -> found.number().value()).orElse(-1L);
    }

    synchronized boolean knowsChain() {
        return rightChain;
    }

    /** Whether it is worth asking for its head now. */
    synchronized boolean isDue() {
        return switch (state) {
            case UNTRIED, ALIVE, BEHIND -> true;
            case COOLING, WRONG_CHAIN, DISTRUSTED -> !clock.instant().isBefore(until);
        };
    }

    /** Whether its time is served and only clean audits are missing. */
    synchronized boolean isOnProbation() {
        return state == EndpointState.DISTRUSTED && isDue();
    }

    synchronized void answered() {
        failures = 0;
    }

    synchronized void failed(RpcException why) {
        strikes++;
        failures++;
        boolean trial = state == EndpointState.COOLING || state == EndpointState.UNTRIED;
        if (state == EndpointState.WRONG_CHAIN || state == EndpointState.DISTRUSTED) {
            return;
        }
        if (trial ? isDue() : failures >= rules.failuresToCool()) {
            until = clock.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(rules.longestPause()) < 0
                    ? pause.multipliedBy(2)
                    : rules.longestPause();
            rightChain = false; // whoever answers there after an outage has to say again who it is
            become(EndpointState.COOLING, String.valueOf(why.getMessage()));
        }
    }

    synchronized void servesOurChain() {
        rightChain = true;
        if (state == EndpointState.WRONG_CHAIN) {
            become(EndpointState.UNTRIED, "serves our chain now");
        }
    }

    synchronized void servesAnotherChain(String found, String expected) {
        strikes++;
        rightChain = false;
        until = clock.instant().plus(rules.wrongChainRecheck());
        become(EndpointState.WRONG_CHAIN, "chain=" + found + " expected=" + expected);
    }

    synchronized void announced(Head found) {
        failures = 0;
        pause = rules.firstPause();
        if (head.isEmpty() || !head.get().equals(found)) {
            head = Optional.of(found);
            headSince = clock.instant();
        }
        if (rightChain && (state == EndpointState.UNTRIED || state == EndpointState.COOLING)) {
            become(EndpointState.ALIVE, "head=" + height());
        }
    }

    /**
     * Judges its head beside the agreed one.
     *
     * @param branch what it knows instead of a block that the others agree on, empty where nothing is known against it
     */
    synchronized void follow(Optional<Head> agreed, Optional<String> branch) {
        if (state != EndpointState.ALIVE && state != EndpointState.BEHIND) {
            return;
        }
        long lag = agreed.map(there -> there.number().value() - height()).orElse(0L);
        boolean rests = lag > 0 && headSince.plus(rules.standstill()).isBefore(clock.instant());
        if (branch.isPresent()) {
            become(EndpointState.BEHIND, branch.get());
        } else if (lag > rules.maxLag()) {
            become(EndpointState.BEHIND, "head=" + height() + " agreed=" + (height() + lag));
        } else if (rests) {
            become(EndpointState.BEHIND, "head stands still: head=" + height() + " agreed=" + (height() + lag));
        } else {
            become(EndpointState.ALIVE, "head=" + height());
        }
    }

    /** False where it is out already. */
    synchronized boolean lied(String difference) {
        if (state == EndpointState.DISTRUSTED && !isDue()) {
            return false;
        }
        strikes++;
        cleanAudits = 0;
        until = clock.instant().plus(rules.distrust());
        become(EndpointState.DISTRUSTED, difference);
        return true;
    }

    /** It said the same as the others while on probation. */
    synchronized void passedAudit() {
        if (isOnProbation() && ++cleanAudits >= rules.cleanAudits()) {
            become(EndpointState.UNTRIED, "clean audits=" + cleanAudits);
        }
    }

    private void become(EndpointState next, String why) {
        EndpointState before = state;
        state = next;
        if (before != next || next == EndpointState.COOLING || next == EndpointState.DISTRUSTED) {
            reason = why.length() <= 300 ? why : why.substring(0, 300) + "...";
        }
        if (before != next) {
            events.changed(name, before, next, reason);
        }
    }

    synchronized EndpointStatus status(
            EndpointSettings settings, Duration latency, Duration slow, int inFlight, int batchSize) {
        return new EndpointStatus(
                name, settings.operator(), state, head, latency, slow, inFlight, batchSize, strikes, reason);
    }
}

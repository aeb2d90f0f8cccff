package plimsoll.chain.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;

/** One endpoint with its health and its limits: every exchange with it goes through here. */
final class Member {

    /** Part of the message where our own limits, not the endpoint, held a request back. */
    static final String OWN_LIMIT = "limit is used up";

    private static final double FASTEST = 100_000; // nanoseconds; below this, speed is noise

    private final EndpointSettings settings;
    private final JsonRpc rpc;
    private final PoolEvents events;
    private final Health health;
    private final Semaphore inFlight;
    private final RateLimit rate;
    private final BatchSize batch;
    private final Latency latency = new Latency();
    private volatile boolean takesHashes = true;

    Member(EndpointSettings settings, JsonRpc rpc, Health health, PoolEvents events) {
        this.settings = settings;
        this.rpc = rpc;
        this.health = health;
        this.events = events;
        inFlight = new Semaphore(settings.maxInFlight());
        rate = new RateLimit(settings.maxPerSecond(), System.nanoTime());
        batch = new BatchSize(settings.maxBatch());
    }

    String name() {
        return settings.name();
    }

    String operator() {
        return settings.operator();
    }

    Health health() {
        return health;
    }

    EndpointState state() {
        return health.state();
    }

    JsonRpc rpc() {
        return rpc;
    }

    Latency latency() {
        return latency;
    }

    /** Its share of the reads: the heavier and the quicker, the more. */
    double pull() {
        return settings.weight() / Math.max(FASTEST, (double) latency.meanNanos());
    }

    /** Whether an exchange could start now. */
    boolean isFree() {
        return inFlight.availablePermits() > 0 && rate.has(1, System.nanoTime());
    }

    /** Whether it takes a block named by its hash where a state is read (EIP-1898). */
    boolean takesHashes() {
        return takesHashes;
    }

    void refusesHashes() {
        takesHashes = false;
    }

    EndpointStatus status() {
        return health.status(
                settings,
                Duration.ofNanos(latency.meanNanos()),
                Duration.ofNanos(latency.slowNanos()),
                settings.maxInFlight() - inFlight.availablePermits(),
                batch.size());
    }

    /**
     * One answer for each request, in their order, in as many exchanges as the endpoint's batch size asks for.
     *
     * @throws RpcException where the endpoint as such failed or said no
     */
    List<RpcAnswer> ask(List<RpcRequest> requests, long deadline) {
        if (requests.size() == 1) {
            return List.of(ask(requests.getFirst(), deadline));
        }
        List<RpcAnswer> answers = new ArrayList<>(requests.size());
        while (answers.size() < requests.size()) {
            int from = answers.size();
            int size = Math.min(batch.size(), requests.size() - from);
            answers.addAll(page(requests.subList(from, from + size), deadline));
        }
        return answers;
    }

    /** The endpoint's answer, a refusal of this one request among them. */
    RpcAnswer ask(RpcRequest request, long deadline) {
        try {
            return new RpcAnswer.Result(exchange(1, deadline, () -> rpc.call(request)));
        } catch (RpcException e) {
            if (Refusals.isAnswer(e)) {
                return new RpcAnswer.Failure(e);
            }
            throw e;
        }
    }

    /** The answers of the page, or of its first part where all of it was too much at once. */
    private List<RpcAnswer> page(List<RpcRequest> page, long deadline) {
        if (page.size() == 1) {
            return List.of(ask(page.getFirst(), deadline));
        }
        List<RpcAnswer> answers;
        try {
            answers = exchange(page.size(), deadline, () -> rpc.callAll(page));
        } catch (RpcException e) {
            if (Refusals.isBatchTooLarge(e)) {
                shrink(page.size(), e);
                return List.of(); // the caller goes on with smaller pages
            }
            if (Refusals.isTimeout(e)) {
                shrink(page.size(), e);
            }
            throw e;
        }
        failIfAllFailed(answers);
        for (int i = 0; i < answers.size(); i++) {
            // Geth answers the elements that fit and refuses those that follow.
            if (answers.get(i) instanceof RpcAnswer.Failure(RpcException reason) && Refusals.isBatchTooLarge(reason)) {
                shrink(page.size(), reason);
                return answers.subList(0, i);
            }
        }
        int before = batch.size();
        int after = batch.wentWell(page.size());
        if (after > before) {
            events.resized(name(), before, after, "batches went well");
        }
        return answers;
    }

    /** A limit reached or an outage behind the door shows as the same failure in every element. */
    private void failIfAllFailed(List<RpcAnswer> answers) {
        for (RpcAnswer answer : answers) {
            if (!(answer instanceof RpcAnswer.Failure(RpcException reason)) || !Refusals.isFault(reason)) {
                return;
            }
        }
        RpcException reason = ((RpcAnswer.Failure) answers.getFirst()).reason();
        health.failed(reason);
        throw reason;
    }

    private void shrink(int sent, RpcException why) {
        int before = batch.size();
        int after = batch.tooLarge(sent);
        if (after < before) {
            events.resized(name(), before, after, String.valueOf(why.getMessage()));
        }
    }

    private <T> T exchange(int requests, long deadline, Supplier<T> exchange) {
        admit(requests, deadline);
        long start = System.nanoTime();
        try {
            T answer = exchange.get();
            health.answered();
            latency.record(System.nanoTime() - start);
            return answer;
        } catch (RpcException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // says nothing about the endpoint
            }
            if (Refusals.isFault(e)) {
                health.failed(e);
            } else {
                health.answered();
                latency.record(System.nanoTime() - start);
            }
            throw e;
        } finally {
            inFlight.release();
        }
    }

    /** Waits for the endpoint's limits as long as the deadline allows. */
    private void admit(int requests, long deadline) {
        try {
            long now = System.nanoTime();
            long wait = rate.take(requests, now, Math.max(0, deadline - now));
            if (wait < 0) {
                throw limited("a second");
            }
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            if (!inFlight.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw limited("at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.TRANSIENT, "Exchange was interrupted: endpoint=" + name());
        }
    }

    private RpcException limited(String which) {
        return new RpcException(
                Kind.TRANSIENT, "Our own request " + OWN_LIMIT + ": requests " + which + " endpoint=" + name());
    }

    @Override
    public String toString() {
        return name();
    }
}

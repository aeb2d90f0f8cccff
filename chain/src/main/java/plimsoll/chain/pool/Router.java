package plimsoll.chain.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds an endpoint for what is not compared: one, another where it fails or is slow, or all of them. */
final class Router {

    private static final long UNKNOWN_HEDGE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SHORTEST_HEDGE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_HEDGE = TimeUnit.SECONDS.toNanos(1);
    private static final List<String> KNOWN_TX =
            List.of("already known", "known transaction", "already imported", "already in", "already exists");

    private final Duration patience;
    private final Roster roster;
    private final PoolEvents events;

    Router(PoolSettings settings, Roster roster, PoolEvents events) {
        patience = settings.patience();
        this.roster = roster;
        this.events = events;
    }

    /** How long an endpoint may take before a second one is asked as well, in nanoseconds. */
    static long hedgeAfter(Optional<Member> member) {
        return member.filter(asked -> asked.latency().isKnown())
                .map(asked -> Math.clamp(asked.latency().slowNanos(), SHORTEST_HEDGE, LONGEST_HEDGE))
                .orElse(UNKNOWN_HEDGE);
    }

    private List<Member> candidates() {
        List<Member> ranked = roster.ranked(1, -1);
        if (ranked.isEmpty()) {
            throw new RpcException(Kind.TRANSIENT, "No endpoint can be used: " + roster.words());
        }
        return ranked;
    }

    private long deadline() {
        return System.nanoTime() + patience.toNanos();
    }

    /** The first good answers of whoever gives them. */
    List<RpcAnswer> any(List<RpcRequest> requests) {
        List<Member> ranked = candidates();
        if (ranked.size() == 1) {
            return ranked.getFirst().ask(requests, deadline());
        }
        return new Race(requests, new ArrayDeque<>(ranked), deadline()).run();
    }

    /** Worth asking somebody else: a failure, or a method that this endpoint lacks. */
    private static boolean isGood(RpcAnswer answer) {
        return !(answer instanceof RpcAnswer.Failure(RpcException reason))
                || (reason.kind() == Kind.REJECTED && !Refusals.isUnsupported(reason));
    }

    /** Requests of which each is answered by the first endpoint that can. */
    private final class Race {

        private final List<RpcRequest> requests;
        private final Deque<Member> candidates;
        private final long deadline;
        private final @Nullable RpcAnswer[] answers;
        private final Fan<Partial> fan = new Fan<>();
        private @Nullable RpcException lastFailure;

        /** Answers to the requests at these places. */
        private record Partial(List<Integer> places, List<RpcAnswer> answers) {}

        Race(List<RpcRequest> requests, Deque<Member> candidates, long deadline) {
            this.requests = requests;
            this.candidates = candidates;
            this.deadline = deadline;
            answers = new RpcAnswer[requests.size()];
        }

        List<RpcAnswer> run() {
            Member newest = next();
            for (List<Integer> open = open(); !open.isEmpty(); open = open()) {
                long hedge = System.nanoTime() + hedgeAfter(Optional.of(newest));
                var reply = fan.next(candidates.isEmpty() ? deadline : Math.min(hedge, deadline));
                if (reply.isEmpty()) {
                    if (candidates.isEmpty() || System.nanoTime() >= deadline) {
                        break;
                    }
                    Member slow = newest;
                    newest = next();
                    events.hedged(slow.name(), newest.name(), method());
                    continue;
                }
                boolean done = take(reply.get());
                if (!done && fan.open() == 0) {
                    if (candidates.isEmpty()) {
                        break;
                    }
                    newest = next();
                }
            }
            return result();
        }

        private String method() {
            return requests.getFirst().method();
        }

        private Member next() {
            Member member = candidates.removeFirst();
            List<Integer> places = open();
            List<RpcRequest> asked = places.stream().map(requests::get).toList();
            fan.ask(member, () -> new Partial(places, member.ask(asked, deadline)));
            return member;
        }

        private List<Integer> open() {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < answers.length; i++) {
                RpcAnswer answer = answers[i];
                if (answer == null || !isGood(answer)) {
                    places.add(i);
                }
            }
            return places;
        }

        private boolean take(Fan.Reply<Partial> reply) {
            switch (reply) {
                case Fan.Answered<Partial>(Member member, Partial partial) -> {
                    for (int i = 0; i < partial.places().size(); i++) {
                        int place = partial.places().get(i);
                        RpcAnswer had = answers[place];
                        if (had == null || !isGood(had)) {
                            answers[place] = partial.answers().get(i);
                        }
                    }
                }
                case Fan.Broke<Partial>(Member member, RpcException reason) -> {
                    lastFailure = reason;
                    if (!candidates.isEmpty()) {
                        events.failedOver(member.name(), method(), String.valueOf(reason.getMessage()));
                    }
                }
            }
            return open().isEmpty();
        }

        private List<RpcAnswer> result() {
            List<RpcAnswer> result = new ArrayList<>(answers.length);
            for (RpcAnswer answer : answers) {
                if (answer == null) {
                    throw lastFailure != null
                            ? lastFailure
                            : new RpcException(
                                    Kind.TRANSIENT,
                                    "No endpoint answered in time: method=" + method() + " patience=" + patience);
                }
                result.add(answer);
            }
            return result;
        }
    }

    /** One endpoint's answers; another is asked only if the first cannot have got the requests. */
    List<RpcAnswer> once(List<RpcRequest> requests) {
        long deadline = deadline();
        List<Member> ranked = candidates();
        for (int i = 0; ; i++) {
            Member member = ranked.get(i);
            boolean last = i == ranked.size() - 1;
            RpcException failure;
            try {
                List<RpcAnswer> answers = member.ask(requests, deadline);
                if (last || !answers.stream().allMatch(Router::isUnsupported)) {
                    return answers;
                }
                failure = ((RpcAnswer.Failure) answers.getFirst()).reason();
            } catch (RpcException e) {
                if (last || !Refusals.isBeforeSending(e)) {
                    throw e;
                }
                failure = e;
            }
            events.failedOver(member.name(), requests.getFirst().method(), String.valueOf(failure.getMessage()));
        }
    }

    private static boolean isUnsupported(RpcAnswer answer) {
        return answer instanceof RpcAnswer.Failure(RpcException reason) && Refusals.isUnsupported(reason);
    }

    /** Sends signed transactions to all; whoever takes one has taken it, however the others see it. */
    List<RpcAnswer> everywhere(List<RpcRequest> requests) {
        long deadline = deadline();
        List<Member> members = candidates();
        Fan<List<RpcAnswer>> fan = new Fan<>();
        members.forEach(member -> fan.ask(member, () -> member.ask(requests, deadline)));
        @Nullable RpcAnswer[] best = new RpcAnswer[requests.size()];
        RpcException failure = null;
        int accepted = 0;
        while (fan.open() > 0 && accepted < best.length) {
            var reply = fan.next(deadline);
            if (reply.isEmpty()) {
                break;
            }
            switch (reply.get()) {
                case Fan.Answered<List<RpcAnswer>>(Member _, List<RpcAnswer> answers) -> {
                    accepted = 0;
                    for (int i = 0; i < best.length; i++) {
                        RpcAnswer had = best[i];
                        RpcAnswer now = acceptance(requests.get(i), answers.get(i));
                        if (had == null || rank(now) > rank(had)) {
                            best[i] = now;
                            had = now;
                        }
                        accepted += had instanceof RpcAnswer.Result ? 1 : 0;
                    }
                }
                case Fan.Broke<List<RpcAnswer>>(Member _, RpcException reason) -> failure = reason;
            }
        }
        List<RpcAnswer> answers = new ArrayList<>(best.length);
        for (RpcAnswer answer : best) {
            if (answer == null) {
                throw failure != null
                        ? failure
                        : new RpcException(
                                Kind.TRANSIENT, "No endpoint answered in time: method=eth_sendRawTransaction");
            }
            answers.add(answer);
        }
        return answers;
    }

    /** The transaction's hash, computed here, where the endpoint has the transaction. */
    private static RpcAnswer acceptance(RpcRequest request, RpcAnswer answer) {
        boolean has = !(answer instanceof RpcAnswer.Failure(RpcException reason)) || isKnown(reason);
        return has && request.params().getFirst() instanceof String raw
                ? new RpcAnswer.Result(JsonNodeFactory.instance.stringNode(Hash.sha3(raw)))
                : answer;
    }

    private static boolean isKnown(RpcException refusal) {
        String words = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        return KNOWN_TX.stream().anyMatch(words::contains);
    }

    /** How much an answer tells: taken, then a refusal, then a failure. */
    private static int rank(RpcAnswer answer) {
        return switch (answer) {
            case RpcAnswer.Result _ -> 2;
            case RpcAnswer.Failure(RpcException reason) -> reason.kind() == Kind.REJECTED ? 1 : 0;
        };
    }
}

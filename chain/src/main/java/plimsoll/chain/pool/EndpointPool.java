package plimsoll.chain.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.units.ChainId;
import tools.jackson.databind.JsonNode;

/**
 * Several endpoints of one chain as one. Reads on which money depends are believed only if enough independent endpoints
 * say the same of the same block; other reads go to whoever is well and quick; signed transactions go to all.
 *
 * <p>"latest" means the agreed head: the highest block that enough endpoints know under one hash. With a single endpoint
 * everything is passed to it unchecked. Safe for many threads.
 */
public final class EndpointPool implements JsonRpc, AutoCloseable {

    private static final int SAFEGUARD = 5;

    private final PoolSettings settings;
    private final PoolEvents events;
    private final InstantSource clock;
    private final Roster roster;
    private final Disputes disputes;
    private final HeadTracker heads;
    private final Audit audit;
    private final Quorum quorum;
    private final Router router;
    private final HeadNews news;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean trustTold = new AtomicBoolean();
    private volatile boolean closed;

    private EndpointPool(PoolSettings settings, List<Member> members, PoolEvents events, InstantSource clock) {
        this.settings = settings;
        this.events = events;
        this.clock = clock;
        roster = new Roster(members);
        disputes = new Disputes(events);
        Judge judge = new Judge(settings, roster, disputes, events);
        heads = new HeadTracker(settings, roster, judge, disputes, events, clock);
        audit = new Audit(settings, events);
        quorum = new Quorum(settings, roster, judge, audit, events);
        router = new Router(settings, roster, events);
        news = new HeadNews(settings.endpoints(), clock);
        if (!settings.trustsOne()) {
            audit.start(judge);
        }
    }

    /** A pool over HTTP. Nothing is asked yet. */
    public static EndpointPool open(PoolSettings settings, PoolEvents events, InstantSource clock) {
        return over(
                settings,
                endpoint -> new RpcClient(RpcSettings.of(endpoint.url())
                        .withRequestTimeout(endpoint.requestTimeout())
                        .withMaxBatch(endpoint.maxBatch())),
                events,
                clock);
    }

    /** A pool over whatever {@code connect} makes of an endpoint. What is {@link AutoCloseable} is closed with the pool. */
    public static EndpointPool over(
            PoolSettings settings,
            Function<EndpointSettings, ? extends JsonRpc> connect,
            PoolEvents events,
            InstantSource clock) {
        List<Member> members = settings.endpoints().stream()
                .map(endpoint -> new Member(
                        endpoint,
                        connect.apply(endpoint),
                        new Health(endpoint.name(), settings.health(), events, clock),
                        events))
                .toList();
        return new EndpointPool(settings, members, events, clock);
    }

    /** The chain that an endpoint says it serves, for whoever is not told which one it should be. */
    public static ChainId chainOf(EndpointSettings endpoint) {
        try (RpcClient rpc =
                new RpcClient(RpcSettings.of(endpoint.url()).withRequestTimeout(endpoint.requestTimeout()))) {
            String found = Essence.QUANTITY.of(rpc.call("eth_chainId")).stringValue();
            if (found.length() > 17) {
                throw RpcException.corrupt("Chain's number is out of range: found=" + found);
            }
            return new ChainId(Long.parseLong(found.substring(2), 16));
        }
    }

    /** Follows the heads in the background until the pool is closed. */
    public EndpointPool start() {
        if (started.compareAndSet(false, true)) {
            news.start(this::nudge);
            Thread.ofVirtual().name("pool-heads").start(this::follow);
        }
        return this;
    }

    private void follow() {
        while (!closed) {
            try {
                observe();
            } catch (RpcException e) {
                // Told as a change of state; the next look may be luckier.
            }
            try {
                if (wake.tryAcquire(interval().toNanos(), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Where every endpoint tells new heads by itself, looking for them is only a safeguard. */
    private Duration interval() {
        return news.areAllHeard() ? settings.pollInterval().multipliedBy(SAFEGUARD) : settings.pollInterval();
    }

    /** Looks at every endpoint's head once, and at every disagreement again. */
    public void observe() {
        heads.look();
    }

    /** Makes the background look at heads now: a new block was announced in some other way. */
    public void nudge() {
        wake.release();
    }

    /** Calls back whenever the agreed head has changed, on the thread that found out; must be quick. */
    public void onHead(Consumer<Head> listener) {
        heads.listen(listener);
    }

    /** The newest block that enough endpoints know, as of the last look; absent before the first and in a disagreement. */
    public Optional<Head> head() {
        return heads.agreed().map(HeadTracker.Agreed::head);
    }

    /** Every endpoint as it stands, in the order of the settings. */
    public List<EndpointStatus> endpoints() {
        return roster.all().stream().map(Member::status).toList();
    }

    /** Whether endpoints contradict each other, so that nothing is read or sent. */
    public boolean isBlocked() {
        return disputes.isAny();
    }

    /** Whether no audit waits or is under way. */
    boolean isAudited() {
        return audit.isIdle();
    }

    @Override
    public String endpoint() {
        return "pool of "
                + String.join(", ", roster.all().stream().map(Member::name).toList());
    }

    @Override
    public JsonNode call(RpcRequest request) {
        if (settings.trustsOne()) {
            return only().ask(request, patience()).orThrow();
        }
        return callAll(List.of(request)).getFirst().orThrow();
    }

    @Override
    public List<RpcAnswer> callAll(List<RpcRequest> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        if (settings.trustsOne()) {
            return only().ask(requests, patience());
        }
        if (roster.usable().isEmpty() || Ballot.independent(roster.usable()) < settings.quorum()) {
            heads.look();
        }
        return new Batch(requests).answers();
    }

    private long patience() {
        return System.nanoTime() + settings.patience().toNanos();
    }

    /** The one endpoint there is: what it says is passed on as it is, once it has said which chain it serves. */
    private Member only() {
        Member member = roster.all().getFirst();
        if (!member.health().knowsChain()) {
            heads.look(member, patience());
            member.health().follow(Optional.empty(), Optional.empty());
            if (!member.health().knowsChain()) {
                throw Quorum.tooFew(roster, 1);
            }
        }
        if (trustTold.compareAndSet(false, true)) {
            events.trusting(member.name());
        }
        return member;
    }

    /** The requests of one call, sorted by what they are to the pool. */
    private final class Batch implements Reading.Blocks {

        private final List<RpcRequest> requests;
        private final @Nullable RpcAnswer[] answers;
        private final List<Integer> compared = new ArrayList<>();
        private final List<Question> questions = new ArrayList<>();
        private final List<Integer> sent = new ArrayList<>();
        private final List<Integer> plain = new ArrayList<>();
        private final List<Integer> once = new ArrayList<>();
        private HeadTracker.@Nullable Agreed agreed;

        Batch(List<RpcRequest> requests) {
            this.requests = requests;
            answers = new RpcAnswer[requests.size()];
        }

        List<RpcAnswer> answers() {
            for (int i = 0; i < requests.size(); i++) {
                switch (Reading.of(requests.get(i), this)) {
                    case Reading.Compared(Question question) -> {
                        compared.add(i);
                        questions.add(question);
                    }
                    case Reading.Known(JsonNode answer) -> answers[i] = new RpcAnswer.Result(answer);
                    case Reading.Sent _ -> sent.add(i);
                    case Reading.Plain _ -> plain.add(i);
                    case Reading.Once _ -> once.add(i);
                }
            }
            if (!compared.isEmpty()) {
                settleDisputes();
                fill(compared, quorum.ask(questions));
                keepUp();
            }
            if (!sent.isEmpty()) {
                settleDisputes();
                if (Ballot.independent(roster.usable()) < settings.quorum()) {
                    throw Quorum.tooFew(roster, settings.quorum());
                }
                fill(sent, router.everywhere(at(sent)));
            }
            if (!plain.isEmpty()) {
                fill(plain, router.any(at(plain)));
            }
            if (!once.isEmpty()) {
                fill(once, router.once(at(once)));
            }
            List<RpcAnswer> all = new ArrayList<>(answers.length);
            for (RpcAnswer answer : answers) {
                all.add(Objects.requireNonNull(answer));
            }
            return all;
        }

        private List<RpcRequest> at(List<Integer> places) {
            return places.stream().map(requests::get).toList();
        }

        private void fill(List<Integer> places, List<RpcAnswer> found) {
            for (int i = 0; i < places.size(); i++) {
                answers[places.get(i)] = found.get(i);
            }
        }

        private void settleDisputes() {
            if (disputes.isAny()) {
                heads.look(); // asks the disputed questions again
                disputes.requireNone();
            }
        }

        /** Nothing is told of a block above the agreed head before the head has been looked at again. */
        private void keepUp() {
            long known =
                    heads.agreed().map(found -> found.head().number().value()).orElse(Long.MAX_VALUE);
            for (int place : compared) {
                if (answers[place] instanceof RpcAnswer.Result(JsonNode json)
                        && json.isObject()
                        && Judge.height(new Vote.Said(json)) > known) {
                    heads.look();
                    return;
                }
            }
        }

        private HeadTracker.Agreed agreed() {
            HeadTracker.Agreed found = agreed;
            if (found == null) {
                settleDisputes();
                found = heads.current(
                        started.get()
                                ? Optional.of(clock.instant().minus(interval().multipliedBy(2)))
                                : Optional.empty());
                agreed = found;
            }
            return found;
        }

        @Override
        public Head latest() {
            return agreed().head();
        }

        @Override
        public JsonNode latestHeader() {
            return agreed().header();
        }

        @Override
        public JsonNode tagged(String tag) {
            settleDisputes();
            return heads.tagged(tag);
        }

        @Override
        public OptionalLong heightOf(String hash) {
            return heads.heightOf(hash);
        }
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        news.close();
        audit.close();
        for (Member member : roster.all()) {
            if (member.rpc() instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new IllegalStateException("Endpoint did not close: endpoint=" + member.name(), e);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "EndpointPool[" + endpoint() + "]";
    }
}

package plimsoll.chain.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Looks at every endpoint's head and finds the highest block that enough independent endpoints know under one hash. */
final class HeadTracker {

    private static final RpcRequest LATEST = RpcRequest.of("eth_getBlockByNumber", "latest", false);
    private static final RpcRequest CHAIN = RpcRequest.of("eth_chainId");
    private static final int REMEMBERED = 4096;
    private static final Duration LONGEST_STRAGGLER = Duration.ofMillis(500);
    private static final Duration SHORTEST_STRAGGLER = Duration.ofMillis(20);

    private final PoolSettings settings;
    private final Roster roster;
    private final Judge judge;
    private final Disputes disputes;
    private final PoolEvents events;
    private final InstantSource clock;
    private final Map<Member, JsonNode> headers = new ConcurrentHashMap<>();
    private final List<Consumer<Head>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock looking = new ReentrantLock();
    private final AtomicLong looks = new AtomicLong();
    private final Map<String, Long> heights = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile @Nullable Agreed agreed;
    private Optional<Head> lastHead = Optional.empty(); // also while there is no agreement

    /** The agreed head with its header and when it was last confirmed. */
    record Agreed(Head head, JsonNode header, Instant at) {}

    HeadTracker(
            PoolSettings settings,
            Roster roster,
            Judge judge,
            Disputes disputes,
            PoolEvents events,
            InstantSource clock) {
        this.settings = settings;
        this.roster = roster;
        this.judge = judge;
        this.disputes = disputes;
        this.events = events;
        this.clock = clock;
    }

    void listen(Consumer<Head> listener) {
        listeners.add(listener);
    }

    static Head head(JsonNode header) {
        return new Head(
                new BlockNumber(
                        Long.parseLong(header.path("number").stringValue().substring(2), 16)),
                new BlockHash(header.path("hash").stringValue()));
    }

    Optional<Agreed> agreed() {
        return Optional.ofNullable(agreed);
    }

    OptionalLong heightOf(String hash) {
        synchronized (heights) {
            Long height = heights.get(hash);
            return height == null ? OptionalLong.empty() : OptionalLong.of(height);
        }
    }

    /**
     * The agreed head, looked up now unless {@code atLeast} says that the last look is young enough.
     *
     * @throws RpcException TRANSIENT where there is none
     */
    Agreed current(Optional<Instant> atLeast) {
        Agreed known = agreed;
        if (known != null && atLeast.isPresent() && !known.at().isBefore(atLeast.get())) {
            return known;
        }
        look();
        disputes.requireNone();
        Agreed found = agreed;
        if (found == null) {
            throw Quorum.tooFew(roster, settings.quorum());
        }
        return found;
    }

    /** Looks at all heads now, or waits for a look that began after this call. */
    void look() {
        long before = looks.get();
        Optional<Head> moved;
        looking.lock();
        try {
            if (looks.get() > before) {
                return; // somebody began to look after we came, and is done
            }
            looks.incrementAndGet();
            moved = lookNow();
        } finally {
            looking.unlock();
        }
        moved.ifPresent(head -> {
            events.headMoved(head);
            listeners.forEach(listener -> listener.accept(head));
        });
    }

    /** The agreed head if it is another than before. */
    private Optional<Head> lookNow() {
        ask(roster.all().stream().filter(member -> member.health().isDue()).toList());
        long deadline = deadline();
        reconsider(deadline);
        Optional<Head> before = lastHead;
        Optional<JsonNode> header = agree(deadline);
        agreed = header.map(found -> new Agreed(head(found), found, clock.instant()))
                .orElse(null);
        agreed().map(Agreed::head).ifPresent(this::remember);
        roster.all()
                .forEach(member -> member.health()
                        .follow(
                                lastHead,
                                Optional.ofNullable(judge.suspects().get(member))
                                        .map(Judge.Suspicion::words)));
        return lastHead.filter(head -> !before.equals(Optional.of(head)));
    }

    private void remember(Head head) {
        lastHead = Optional.of(head);
        synchronized (heights) {
            heights.put(head.hash().hex(), head.number().value());
        }
    }

    private long deadline() {
        return System.nanoTime() + settings.patience().toNanos();
    }

    /** Asks for heads and waits for enough of them; those that are slower than usual count the next time. */
    private void ask(List<Member> due) {
        long deadline = deadline();
        Fan<Boolean> fan = new Fan<>();
        due.forEach(member -> fan.ask(member, () -> look(member, deadline)));
        List<Member> heard = new ArrayList<>();
        long patient = deadline;
        while (fan.open() > 0) {
            Optional<Fan.Reply<Boolean>> reply = fan.next(patient);
            if (reply.isEmpty()) {
                return;
            }
            if (reply.get() instanceof Fan.Answered<Boolean>(Member member, Boolean found) && found) {
                heard.add(member);
            }
            if (Ballot.independent(heard) >= settings.quorum()) {
                patient = Math.min(patient, System.nanoTime() + straggling(due, heard));
            }
        }
    }

    private static long straggling(List<Member> asked, List<Member> heard) {
        return asked.stream()
                .filter(member -> !heard.contains(member))
                .mapToLong(member -> Math.clamp(
                        member.latency().slowNanos(), SHORTEST_STRAGGLER.toNanos(), LONGEST_STRAGGLER.toNanos()))
                .max()
                .orElse(0);
    }

    /** Asks one endpoint for its chain, if not known yet, and its head; false where it is not to be counted. */
    boolean look(Member member, long deadline) {
        Health health = member.health();
        if (!health.knowsChain()) {
            String found =
                    Essence.QUANTITY.of(member.ask(CHAIN, deadline).orThrow()).stringValue();
            String expected = "0x" + Long.toHexString(settings.chain().value());
            if (!found.equals(expected)) {
                health.servesAnotherChain(decimal(found), settings.chain().toString());
                return false;
            }
            health.servesOurChain();
        }
        JsonNode header;
        try {
            header = Essence.HEADER.of(member.ask(LATEST, deadline).orThrow());
            health.announced(head(header));
        } catch (RpcException e) {
            if (e.kind() == Kind.CORRUPT) {
                health.failed(e);
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw RpcException.corrupt("Endpoint's head is malformed: endpoint=" + member.name());
        }
        headers.put(member, header);
        return health.state() != EndpointState.DISTRUSTED;
    }

    private static String decimal(String hex) {
        return hex.length() <= 18 ? Long.toUnsignedString(Long.parseUnsignedLong(hex.substring(2), 16)) : hex;
    }

    /** Asks again about every disagreement, and about every endpoint that was on another branch. */
    private void reconsider(long deadline) {
        for (Question question : disputes.questions()) {
            judgeAgain(question, deadline);
        }
        Map<Member, Judge.Suspicion> suspects = Map.copyOf(judge.suspects());
        suspects.forEach((member, suspicion) -> {
            judge.suspects().remove(member, suspicion);
            judgeAgain(suspicion.question(), deadline);
        });
    }

    private void judgeAgain(Question question, long deadline) {
        try {
            judge.judge(question, deadline);
        } catch (RpcException e) {
            // It stands, and has been told.
        }
    }

    /** The header of the highest block that enough endpoints know under one hash. */
    private Optional<JsonNode> agree(long deadline) {
        long top = roster.heightOf(settings.quorum());
        for (long number = top; number >= 0 && number >= top - settings.health().forkGrace(); number--) {
            Question question = Question.headerAt(number);
            Ballot ballot = ballot(question, number, deadline);
            try {
                Optional<Vote> vote = ballot.agreed(settings.quorum());
                RpcAnswer answer = vote.isPresent() ? vote.get().answer() : judge.judge(ballot, deadline);
                if (answer instanceof RpcAnswer.Result(JsonNode header) && !header.isNull()) {
                    return Optional.of(header);
                }
            } catch (RpcException e) {
                return Optional.empty(); // a disagreement
            }
        }
        return Optional.empty();
    }

    private Ballot ballot(Question question, long number, long deadline) {
        Ballot ballot = new Ballot(question);
        Fan<Vote> fan = new Fan<>();
        for (Member member : roster.usable()) {
            JsonNode header = headers.get(member);
            if (header != null && head(header).number().value() == number) {
                ballot.cast(member, new Vote.Said(header));
            } else if (member.health().height() > number) {
                fan.ask(
                        member,
                        () -> Polling.votes(member, List.of(question), deadline).getFirst());
            }
        }
        while (fan.open() > 0 && ballot.agreed(settings.quorum()).isEmpty()) {
            Optional<Fan.Reply<Vote>> reply = fan.next(deadline);
            if (reply.isEmpty()) {
                return ballot;
            }
            if (reply.get() instanceof Fan.Answered<Vote>(Member member, Vote vote)) {
                ballot.cast(member, vote);
            }
        }
        return ballot;
    }

    /** The header under a tag that enough endpoints have reached, NullNode where the chain does not know the tag. */
    JsonNode tagged(String tag) {
        long deadline = deadline();
        RpcRequest request = RpcRequest.of("eth_getBlockByNumber", tag, false);
        Fan<JsonNode> fan = new Fan<>();
        roster.ranked(settings.quorum(), -1)
                .forEach(member -> fan.ask(member, () -> Essence.HEADER.of(orNull(member.ask(request, deadline)))));
        Map<String, Long> reached = new LinkedHashMap<>();
        List<Member> without = new ArrayList<>();
        List<Member> heard = new ArrayList<>();
        while (fan.open() > 0) {
            Optional<Fan.Reply<JsonNode>> reply = fan.next(deadline);
            if (reply.isEmpty()) {
                break;
            }
            if (reply.get() instanceof Fan.Answered<JsonNode>(Member member, JsonNode header)) {
                heard.add(member);
                if (header.isNull()) {
                    without.add(member);
                } else {
                    reached.merge(member.operator(), head(header).number().value(), Math::max);
                }
            }
        }
        Optional<Long> number = reached.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(settings.quorum() - 1L)
                .findFirst();
        if (number.isEmpty()) {
            if (Ballot.independent(without) >= settings.quorum()) {
                return JsonNodeFactory.instance.nullNode();
            }
            throw new RpcException(
                    Kind.TRANSIENT,
                    "Too few endpoints know the block: tag=" + tag + " needed=" + settings.quorum() + " known="
                            + reached.size() + " heard=" + heard.size());
        }
        return judge.judge(Question.headerAt(number.get()), deadline).orThrow();
    }

    /** Chains without the tag refuse it in words of their own. */
    private static JsonNode orNull(RpcAnswer answer) {
        return switch (answer) {
            case RpcAnswer.Result(JsonNode json) -> json;
            case RpcAnswer.Failure(RpcException _) -> JsonNodeFactory.instance.nullNode();
        };
    }
}

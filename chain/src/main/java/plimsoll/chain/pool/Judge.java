package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Finds out who is right where endpoints contradict each other or too few have answered alike. Everybody is asked once
 * more, since reorgs happen; whoever lacks the block or is on a young branch is excused; whoever then still contradicts
 * the majority has given a false answer.
 */
final class Judge {

    /** Some nodes announce a block some moments before they have its receipts and logs at hand. */
    private static final List<Long> PAUSES =
            List.of(TimeUnit.MILLISECONDS.toNanos(25), TimeUnit.MILLISECONDS.toNanos(125));

    private final int quorum;
    private final int forkGrace;
    private final Roster roster;
    private final Disputes disputes;
    private final PoolEvents events;
    private final Map<Member, Suspicion> suspects = new ConcurrentHashMap<>();

    /** Another block of this height than the others', or less of a young block than they tell; time will tell why. */
    record Suspicion(Question question, String words) {}

    Judge(PoolSettings settings, Roster roster, Disputes disputes, PoolEvents events) {
        quorum = settings.quorum();
        forkGrace = settings.health().forkGrace();
        this.roster = roster;
        this.disputes = disputes;
        this.events = events;
    }

    Map<Member, Suspicion> suspects() {
        return suspects;
    }

    /** Asks everybody, and decides as {@link #judge(Ballot, long)} does. */
    RpcAnswer judge(Question question, long deadline) {
        return judge(new Ballot(question), deadline);
    }

    /**
     * The answer of the majority, null where enough endpoints know of nothing yet, or a refusal.
     *
     * @throws RpcException TRANSIENT where endpoints contradict each other and no majority tells who is right
     */
    RpcAnswer judge(Ballot before, long deadline) {
        Question question = before.question();
        Set<Member> everybody = new LinkedHashSet<>(roster.usable());
        before.votes().forEach((member, vote) -> {
            if (vote instanceof Vote.Refused || vote instanceof Vote.Failed) {
                everybody.remove(member); // it would only do so again
            }
        });
        Ballot ballot = again(before, everybody, deadline);
        for (long pause : PAUSES) {
            if (mayYetAgree(ballot) && pause(pause, deadline)) {
                ballot = again(before, everybody, deadline);
            }
        }
        Optional<Ballot.Group> majority = ballot.majority(quorum);
        if (majority.isPresent()) {
            nameLiars(ballot, majority.get());
            nameWhoRecanted(before, ballot, majority.get().claim());
            disputes.closed(question, "a majority agrees");
            return majority.get().claim().answer();
        }
        if (ballot.isContested()) {
            throw disputes.opened(question, ballot.words());
        }
        return undecided(ballot);
    }

    /** A reorg may be passing through, or a block has not reached every machine behind an endpoint's door. */
    private boolean mayYetAgree(Ballot ballot) {
        boolean lacks = !ballot.question().mayBeNull()
                && ballot.agreed(quorum).isEmpty()
                && ballot.votes().values().stream().anyMatch(Vote.Abstained.class::isInstance);
        return lacks || ballot.isContested();
    }

    private Ballot again(Ballot before, Set<Member> everybody, long deadline) {
        Ballot ballot = new Ballot(before.question());
        before.votes().forEach((member, vote) -> {
            if (!everybody.contains(member) && !vote.isClaim()) {
                ballot.cast(member, vote);
            }
        });
        ask(ballot, everybody, deadline);
        excuse(ballot, deadline);
        return ballot;
    }

    private static boolean pause(long nanos, long deadline) {
        if (System.nanoTime() + nanos > deadline) {
            return false;
        }
        LockSupport.parkNanos(nanos);
        return true;
    }

    private static void ask(Ballot ballot, Collection<Member> members, long deadline) {
        Fan<List<Vote>> fan = new Fan<>();
        Question question = ballot.question();
        List<Question> asked = question.inBatch() ? List.of(question, question) : List.of(question);
        members.forEach(member -> fan.ask(member, () -> Polling.votes(member, asked, deadline)));
        while (fan.open() > 0) {
            Optional<Fan.Reply<List<Vote>>> reply = fan.next(deadline);
            if (reply.isEmpty()) {
                return;
            }
            switch (reply.get()) {
                case Fan.Answered<List<Vote>>(Member member, List<Vote> votes) -> ballot.cast(member, votes.getFirst());
                case Fan.Broke<List<Vote>>(Member member, RpcException reason) ->
                    ballot.cast(member, new Vote.Failed(reason));
            }
        }
    }

    /** Turns the claims of those who cannot know better into abstentions. */
    private void excuse(Ballot ballot, long deadline) {
        List<Ballot.Group> groups = ballot.groups();
        if (groups.size() < 2) {
            return;
        }
        Ballot.Group top = groups.getFirst();
        for (Ballot.Group minority : groups.subList(1, groups.size())) {
            for (Member member : minority.members()) {
                excuse(ballot.question(), member, minority.claim(), top, deadline)
                        .ifPresent(reason -> ballot.cast(member, new Vote.Abstained(reason)));
            }
        }
    }

    /** Why a member need not know what the top group says; empty where it has no excuse. */
    private Optional<String> excuse(Question question, Member member, Vote claim, Ballot.Group top, long deadline) {
        long number = Math.max(question.place().number(), Math.max(height(claim), height(top.claim())));
        if (number < 0) {
            return question.place().hash().flatMap(hash -> {
                Optional<JsonNode> header = header(member, Question.headerOf(new BlockHash(hash)), deadline);
                return header.isEmpty() || header.get().isNull() ? Optional.of("block unknown") : Optional.empty();
            });
        }
        Optional<JsonNode> mine = header(member, Question.headerAt(number), deadline);
        Optional<JsonNode> theirs = header(top.members().getFirst(), Question.headerAt(number), deadline);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return Optional.of("could not be checked");
        }
        if (theirs.get().isNull()) {
            return Optional.of("others have not got block=" + number);
        }
        if (mine.get().isNull()) {
            return withholdsBlock(member, number, deadline)
                    ? Optional.empty()
                    : Optional.of("has not got block=" + number);
        }
        String myHash = hash(mine.get());
        String theirHash = hash(theirs.get());
        if (myHash.equals(theirHash)) {
            if (!tellsLess(claim, top.claim()) || roster.heightOf(quorum) > number) {
                return Optional.empty();
            }
            String words = "tells less of the newest block: block=" + number;
            suspects.put(member, new Suspicion(question, words));
            return Optional.of(words);
        }
        boolean contradictsItself =
                claimedHash(claim).filter(hash -> !hash.equals(myHash)).isPresent();
        if (contradictsItself
                || inventsBlock(member, number, myHash, deadline)
                || roster.heightOf(quorum) >= number + forkGrace) {
            return Optional.empty();
        }
        String words = "knows another block: block=" + number + " hash=" + myHash + " others=" + theirHash;
        suspects.put(member, new Suspicion(Question.headerAt(number), words));
        return Optional.of(words);
    }

    /** Nodes are known to announce a block before its receipts and logs can be had; until the next block that is no lie. */
    private static boolean tellsLess(Vote claim, Vote others) {
        return claim instanceof Vote.Said(JsonNode mine)
                && others instanceof Vote.Said(JsonNode theirs)
                && (mine.isNull() || (mine.isArray() && theirs.isArray() && mine.size() < theirs.size()));
    }

    /** Whether it announces a head at or above the block and goes on knowing nothing of the block. */
    private static boolean withholdsBlock(Member member, long number, long deadline) {
        Optional<JsonNode> head = header(member, Question.LATEST, deadline);
        return head.isPresent()
                && height(new Vote.Said(head.get())) >= number
                && header(member, Question.headerAt(number), deadline)
                        .filter(JsonNode::isNull)
                        .isPresent();
    }

    /** Whether it names a block that it cannot show, and goes on naming it. */
    private static boolean inventsBlock(Member member, long number, String hash, long deadline) {
        Optional<JsonNode> shown = header(member, Question.headerOf(new BlockHash(hash)), deadline);
        if (shown.isEmpty() || !shown.get().isNull()) {
            return false;
        }
        Optional<JsonNode> again = header(member, Question.headerAt(number), deadline);
        return again.filter(header -> hash(header).equals(hash)).isPresent();
    }

    private static Optional<JsonNode> header(Member member, Question question, long deadline) {
        try {
            Vote vote = Polling.votes(member, List.of(question), deadline).getFirst();
            return switch (vote) {
                case Vote.Said(JsonNode essence) -> Optional.of(essence);
                case Vote.Abstained _ -> Optional.of(JsonNodeFactory.instance.nullNode());
                case Vote.Reverted _, Vote.Refused _, Vote.Failed _ -> Optional.empty();
            };
        } catch (RpcException e) {
            return Optional.empty();
        }
    }

    private static String hash(JsonNode header) {
        return header.path("hash").asString("");
    }

    /** The block that a receipt or a header names; -1 where the claim names none. */
    static long height(Vote claim) {
        if (!(claim instanceof Vote.Said(JsonNode essence)) || !essence.isObject()) {
            return -1;
        }
        JsonNode number = essence.path(essence.has("blockNumber") ? "blockNumber" : "number");
        try {
            return number.isString() ? Long.parseLong(number.stringValue().substring(2), 16) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Optional<String> claimedHash(Vote claim) {
        if (!(claim instanceof Vote.Said(JsonNode essence)) || !essence.isObject()) {
            return Optional.empty();
        }
        return essence.path("blockHash").stringValueOpt();
    }

    /** Takes the member out and tells why, once. */
    void named(Member member, Question question, String difference) {
        if (member.health().lied(question.method() + " " + difference)) {
            events.lied(member.name(), question.method(), difference);
        }
    }

    private void nameLiars(Ballot ballot, Ballot.Group majority) {
        for (Ballot.Group group : ballot.groups()) {
            if (!group.equals(majority)) {
                String difference = group.claim().differenceTo(majority.claim());
                group.members().forEach(member -> named(member, ballot.question(), difference));
            }
        }
    }

    /** Whoever takes back what it said of one state has said something false all the same. */
    private void nameWhoRecanted(Ballot before, Ballot after, Vote truth) {
        if (!before.question().isOfOneState()) {
            return;
        }
        before.votes().forEach((member, vote) -> {
            boolean same = vote.agreesWith(truth);
            boolean comparable = vote instanceof Vote.Said && truth instanceof Vote.Said && member.takesHashes();
            if (comparable && !same && after.votes().getOrDefault(member, vote).isClaim()) {
                named(member, before.question(), vote.differenceTo(truth));
            }
        });
    }

    /** Nobody contradicts anybody, but too few claim anything. */
    private RpcAnswer undecided(Ballot ballot) {
        List<Member> heard = new ArrayList<>();
        List<Member> refusing = new ArrayList<>();
        Optional<RpcException> refusal = Optional.empty();
        for (var vote : ballot.votes().entrySet()) {
            if (vote.getValue().isClaim() || vote.getValue() instanceof Vote.Abstained) {
                heard.add(vote.getKey());
            }
            if (vote.getValue() instanceof Vote.Refused(RpcException reason)) {
                refusing.add(vote.getKey());
                refusal = Optional.of(reason);
            }
        }
        if (Ballot.independent(heard) >= quorum) {
            disputes.closed(ballot.question(), "nobody contradicts any more");
        }
        if (ballot.question().mayBeNull() && Ballot.independent(heard) >= quorum) {
            return new RpcAnswer.Result(JsonNodeFactory.instance.nullNode()); // not known to enough of them yet
        }
        boolean refused = Ballot.independent(refusing) >= quorum
                || refusal.filter(RpcException::asksForLess).isPresent();
        if (refusal.isPresent() && refused) {
            return new RpcAnswer.Failure(refusal.get());
        }
        return new RpcAnswer.Failure(new RpcException(
                Kind.TRANSIENT,
                "Too few endpoints answer alike: method=" + ballot.question().method() + " needed=" + quorum + " "
                        + ballot.words()));
    }
}

package plimsoll.chain.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

/** Puts questions to as many independent endpoints as must agree, to more where they are slow, fail or contradict each other. */
final class Quorum {

    private final int quorum;
    private final Duration patience;
    private final Roster roster;
    private final Judge judge;
    private final Audit audit;
    private final PoolEvents events;

    Quorum(PoolSettings settings, Roster roster, Judge judge, Audit audit, PoolEvents events) {
        quorum = settings.quorum();
        patience = settings.patience();
        this.roster = roster;
        this.judge = judge;
        this.audit = audit;
        this.events = events;
    }

    /** One answer for each question, in their order, each said by enough independent endpoints. */
    List<RpcAnswer> ask(List<Question> questions) {
        long deadline = System.nanoTime() + patience.toNanos();
        long height = questions.stream()
                .mapToLong(question -> question.place().number())
                .max()
                .orElse(-1);
        List<Member> ranked = roster.ranked(quorum, height);
        if (Ballot.independent(ranked) < quorum) {
            throw tooFew(roster, quorum);
        }
        boolean many = questions.size() > 1;
        List<Ballot> ballots = questions.stream()
                .map(question -> new Ballot(many ? question.asOneOfMany() : question))
                .toList();
        poll(ballots, new ArrayDeque<>(ranked), deadline);
        List<RpcAnswer> answers = new ArrayList<>(ballots.size());
        List<Vote> agreed = new ArrayList<>(ballots.size());
        List<Question> audited = new ArrayList<>();
        Set<Member> unheard = new LinkedHashSet<>(ranked);
        for (Ballot ballot : ballots) {
            Optional<Vote> vote = ballot.agreed(quorum);
            if (vote.isPresent()) {
                answers.add(vote.get().answer());
                audited.add(ballot.question());
                agreed.add(vote.get());
                ballot.votes().forEach((member, said) -> {
                    if (said.isClaim()) {
                        unheard.remove(member);
                    }
                });
            } else {
                answers.add(judge.judge(ballot, deadline));
            }
        }
        unheard.addAll(roster.onProbation());
        if (!unheard.isEmpty() && !audited.isEmpty()) {
            audit.later(audited, agreed, List.copyOf(unheard));
        }
        return answers;
    }

    static RpcException tooFew(Roster roster, int quorum) {
        return new RpcException(
                Kind.TRANSIENT,
                "Too few independent endpoints can be used: found=" + Ballot.independent(roster.usable()) + " needed="
                        + quorum + " " + roster.words());
    }

    private void poll(List<Ballot> ballots, Deque<Member> candidates, long deadline) {
        Fan<List<Vote>> fan = new Fan<>();
        List<Ballot> open = new ArrayList<>(ballots);
        Map<Member, List<Ballot>> asked = new HashMap<>();
        Optional<Member> slowest = Optional.empty();
        while (true) {
            open.removeIf(ballot -> ballot.agreed(quorum).isPresent() || ballot.isContested());
            if (open.isEmpty()) {
                return;
            }
            int missing = open.stream()
                    .mapToInt(ballot -> ballot.missing(quorum))
                    .max()
                    .orElse(0);
            while (fan.open() < missing && !candidates.isEmpty()) {
                Member next = candidates.removeFirst();
                ask(fan, asked, next, open, deadline);
                slowest = slowest.filter(member ->
                                member.latency().slowNanos() >= next.latency().slowNanos())
                        .or(() -> Optional.of(next));
            }
            if (fan.open() == 0) {
                return;
            }
            long hedge = System.nanoTime() + Router.hedgeAfter(slowest);
            Optional<Fan.Reply<List<Vote>>> reply =
                    fan.next(candidates.isEmpty() ? deadline : Math.min(hedge, deadline));
            if (reply.isEmpty()) {
                if (System.nanoTime() >= deadline) {
                    return;
                }
                if (!candidates.isEmpty()) {
                    Member second = candidates.removeFirst();
                    events.hedged(
                            slowest.map(Member::name).orElse(""),
                            second.name(),
                            open.getFirst().question().method());
                    ask(fan, asked, second, open, deadline);
                }
                continue;
            }
            Member member = reply.get().member();
            List<Ballot> on = asked.getOrDefault(member, List.of());
            switch (reply.get()) {
                case Fan.Answered<List<Vote>>(Member _, List<Vote> votes) -> {
                    for (int i = 0; i < votes.size(); i++) {
                        on.get(i).cast(member, votes.get(i));
                    }
                }
                case Fan.Broke<List<Vote>>(Member _, RpcException reason) -> {
                    if (!candidates.isEmpty()) {
                        events.failedOver(
                                member.name(), on.getFirst().question().method(), String.valueOf(reason.getMessage()));
                    }
                    on.forEach(ballot -> ballot.cast(member, new Vote.Failed(reason)));
                }
            }
        }
    }

    private static void ask(
            Fan<List<Vote>> fan, Map<Member, List<Ballot>> asked, Member member, List<Ballot> open, long deadline) {
        List<Ballot> on = List.copyOf(open);
        asked.put(member, on);
        List<Question> questions = on.stream().map(Ballot::question).toList();
        fan.ask(member, () -> Polling.votes(member, questions, deadline));
    }
}

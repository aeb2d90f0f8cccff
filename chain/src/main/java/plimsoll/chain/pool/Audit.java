package plimsoll.chain.pool;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import plimsoll.chain.rpc.RpcException;

/** Puts questions that are already answered to the endpoints that were not asked, so that a liar is found wherever it hides. */
final class Audit implements AutoCloseable {

    private static final int MOST_WAITING = 256;
    /** Array elements and single values that may wait, as a measure of memory. */
    private static final int HEAVIEST = 50_000;

    private final PoolSettings settings;
    private final PoolEvents events;
    private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger weight = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Semaphore work = new Semaphore(0);
    private double due;
    private volatile boolean closed;

    private record Task(List<Question> questions, List<Vote> agreed, List<Member> members, int weight) {}

    Audit(PoolSettings settings, PoolEvents events) {
        this.settings = settings;
        this.events = events;
    }

    void start(Judge judge) {
        Thread.ofVirtual().name("pool-audit").start(() -> run(judge));
    }

    /** Compares what {@code members} say with what was agreed, when there is time. */
    void later(List<Question> questions, List<Vote> agreed, List<Member> members) {
        if (!isDue()) {
            return;
        }
        int heavy = agreed.stream().mapToInt(Audit::weight).sum();
        if (waiting.get() >= MOST_WAITING || weight.get() + heavy > HEAVIEST) {
            events.auditsDropped(dropped.addAndGet(questions.size()));
            return;
        }
        waiting.incrementAndGet();
        weight.addAndGet(heavy);
        tasks.add(new Task(questions, agreed, members, heavy));
        work.release();
    }

    private static int weight(Vote vote) {
        return vote instanceof Vote.Said said ? 1 + said.essence().size() : 1;
    }

    private synchronized boolean isDue() {
        due += settings.auditShare();
        if (due < 1) {
            return false;
        }
        due -= 1;
        return true;
    }

    /** Whether nothing waits or is under way. */
    boolean isIdle() {
        return waiting.get() == 0;
    }

    private void run(Judge judge) {
        while (!closed) {
            try {
                work.acquire();
            } catch (InterruptedException e) {
                return;
            }
            Task task = tasks.poll();
            if (task != null && !closed) {
                try {
                    audit(task, judge);
                } finally {
                    waiting.decrementAndGet();
                    weight.addAndGet(-task.weight());
                }
            }
        }
    }

    private void audit(Task task, Judge judge) {
        long deadline = System.nanoTime() + settings.patience().toNanos();
        Fan<List<Vote>> fan = new Fan<>();
        for (Member member : task.members()) {
            if (Roster.isUsable(member) || member.health().isOnProbation()) {
                fan.ask(member, () -> Polling.votes(member, task.questions(), deadline));
            }
        }
        while (fan.open() > 0) {
            Optional<Fan.Reply<List<Vote>>> reply = fan.next(deadline);
            if (reply.isEmpty()) {
                return;
            }
            if (reply.get() instanceof Fan.Answered<List<Vote>>(Member member, List<Vote> votes)) {
                for (int i = 0; i < votes.size(); i++) {
                    compare(task.questions().get(i), task.agreed().get(i), member, votes.get(i), judge, deadline);
                }
            }
        }
    }

    private void compare(Question question, Vote agreed, Member member, Vote vote, Judge judge, long deadline) {
        if (!vote.isClaim()) {
            return;
        }
        if (vote.agreesWith(agreed)) {
            member.health().passedAudit();
        } else if (member.health().isOnProbation()) {
            judge.named(member, question, vote.differenceTo(agreed));
        } else if (Roster.isUsable(member)) {
            try {
                Ballot ballot = new Ballot(question);
                ballot.cast(member, vote);
                judge.judge(ballot, deadline);
            } catch (RpcException e) {
                // Told as a disagreement already.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        work.release();
    }
}

package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

/** The questions on which endpoints contradict each other without a majority. While there is one, nothing is believed. */
final class Disputes {

    /** More of them block no more than one does. */
    private static final int KEPT = 16;

    private final PoolEvents events;
    private final Map<String, Dispute> open = new LinkedHashMap<>();
    private volatile boolean any;

    /** A disagreement in one line, with the question to ask again. */
    record Dispute(Question question, String words) {}

    Disputes(PoolEvents events) {
        this.events = events;
    }

    RpcException opened(Question question, String words) {
        Dispute dispute = new Dispute(question, "question=" + question + " " + words);
        boolean news;
        synchronized (open) {
            news = open.size() < KEPT && open.putIfAbsent(question.toString(), dispute) == null;
            any = !open.isEmpty();
        }
        if (news) {
            events.blocked(dispute.words());
        }
        return refusal(dispute);
    }

    void closed(Question question, String how) {
        Dispute ended;
        synchronized (open) {
            Dispute found = open.remove(question.toString());
            any = !open.isEmpty();
            if (found == null) {
                return;
            }
            ended = found;
        }
        events.unblocked(ended.words(), how);
    }

    boolean isAny() {
        return any;
    }

    List<Question> questions() {
        synchronized (open) {
            List<Question> questions = new ArrayList<>();
            open.values().forEach(dispute -> questions.add(dispute.question()));
            return questions;
        }
    }

    void requireNone() {
        if (any) {
            synchronized (open) {
                if (!open.isEmpty()) {
                    throw refusal(open.values().iterator().next());
                }
            }
        }
    }

    private static RpcException refusal(Dispute dispute) {
        return new RpcException(Kind.TRANSIENT, "Endpoints contradict each other: " + dispute.words());
    }
}

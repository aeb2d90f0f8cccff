package plimsoll.keeper.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.units.BlockNumber;

/**
 * Numbers the transactions for one thing that may be due again and again (an account's liquidations, an asset's sales). The reason
 * key is {@code subject/episode}; an episode ends when its transaction has an outcome that the caller's view of the chain includes,
 * and only then the next one begins. A restart starts at 0 again and is led by the stored intents to where it was: at no moment can
 * one episode have two transactions.
 */
final class Episodes {

    private final TransactionSender sender;
    private final Outcomes outcomes;
    private final Map<String, Integer> episodes = new HashMap<>();
    private final Map<String, String> open = new HashMap<>();

    Episodes(TransactionSender sender, Outcomes outcomes) {
        this.sender = sender;
        this.outcomes = outcomes;
    }

    /** An episode that is over. */
    record End(String subject, StoredIntent intent) {
        boolean succeeded() {
            return intent.state().standing().map(Inclusion::succeeded).orElse(false)
                    && !(intent.state() instanceof IntentState.Dropped);
        }
    }

    /** The reason of the subject's transaction whose outcome was not part of the last settled view. */
    Optional<String> pending(String subject) {
        return Optional.ofNullable(open.get(subject));
    }

    /** Ends the episodes whose outcome is part of this view of the chain. */
    List<End> settle(BlockNumber view) {
        List<End> ends = new ArrayList<>();
        Map.copyOf(open)
                .forEach((subject, reason) -> outcomes.of(reason)
                        .or(() -> sender.find(reason))
                        .filter(intent -> isOver(intent, view))
                        .ifPresent(intent -> {
                            end(subject, reason);
                            ends.add(new End(subject, intent));
                        }));
        return ends;
    }

    /** Submits one intent for each subject, under the reason of its current episode; skips over episodes that are over. */
    <T> Map<T, Submission> submit(
            Map<T, String> subjects, BlockNumber view, BiFunction<T, String, TransactionIntent> intentOf) {
        Map<T, Submission> answers = new LinkedHashMap<>();
        List<T> due = new ArrayList<>(subjects.keySet());
        while (!due.isEmpty()) {
            List<TransactionIntent> intents = due.stream()
                    .map(thing -> intentOf.apply(thing, reason(subjects.getOrDefault(thing, ""))))
                    .toList();
            List<Submission> submissions = sender.submitAll(intents);
            List<T> again = new ArrayList<>();
            for (int i = 0; i < submissions.size(); i++) {
                T thing = due.get(i);
                String subject = subjects.getOrDefault(thing, "");
                String reason = intents.get(i).reason();
                if (submissions.get(i) instanceof Submission.Known(StoredIntent known) && isOver(known, view)) {
                    end(subject, reason);
                    again.add(thing);
                } else {
                    answers.put(thing, submissions.get(i));
                    if (submissions.get(i) instanceof Submission.Accepted
                            || submissions.get(i) instanceof Submission.Known) {
                        open.put(subject, reason);
                    }
                }
            }
            due = again;
        }
        return answers;
    }

    private String reason(String subject) {
        return subject + "/" + episodes.getOrDefault(subject, 0);
    }

    private void end(String subject, String reason) {
        open.remove(subject);
        outcomes.forget(reason);
        episodes.merge(subject, 1, Integer::sum);
    }

    /** A mined transaction is over once the view includes its block; one that will never be mined is over at once. */
    private static boolean isOver(StoredIntent intent, BlockNumber view) {
        Optional<Inclusion> standing = intent.state().standing();
        return standing.map(inclusion -> inclusion.blockNumber().compareTo(view) <= 0)
                .orElse(intent.state() instanceof IntentState.Replaced
                        || intent.state() instanceof IntentState.Withdrawn);
    }
}

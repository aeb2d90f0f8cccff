package plimsoll.keeper.journal;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import plimsoll.units.Address;
import plimsoll.units.Price;

/**
 * Prices that no block held yet when something was decided because of them.
 *
 * @param way where they were heard of: {@code pool} or {@code auction}
 * @param reference the pending transaction, or the auction's name for it
 * @param answers what the feeds would say, by feed
 */
public record Foreseen(String way, String reference, Map<Address, Price> answers) {

    public Foreseen {
        answers = Map.copyOf(answers);
    }

    /** One line, with all its facts on it. */
    public String summary() {
        return "way=" + way + " reference=" + reference
                + answers.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> entry.getKey().hex()))
                        .map(entry -> " feed=" + entry.getKey() + " answer=" + entry.getValue())
                        .collect(Collectors.joining());
    }
}

package plimsoll.keeper.journal;

import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;

/**
 * One block of the journal: what was known, and what was decided.
 *
 * @param foreseen the prices of which the scene's market is made, where no block held them yet
 */
public record JournalEntry(Scene scene, List<Verdict> verdicts, Optional<Foreseen> foreseen) {

    public JournalEntry {
        verdicts = List.copyOf(verdicts);
    }

    /** Of a block as it is. */
    public JournalEntry(Scene scene, List<Verdict> verdicts) {
        this(scene, verdicts, Optional.empty());
    }

    public static JournalEntry of(Scene scene, List<Decision> decisions) {
        return of(scene, decisions, Optional.empty());
    }

    public static JournalEntry of(Scene scene, List<Decision> decisions, Optional<Foreseen> foreseen) {
        return new JournalEntry(scene, decisions.stream().map(Decision::verdict).toList(), foreseen);
    }

    public Optional<Verdict> verdict(Address account) {
        return verdicts.stream()
                .filter(verdict -> verdict.account().equals(account))
                .findFirst();
    }
}

package plimsoll.keeper.journal;

import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;

/** One block of the journal: what was known, and what was decided. */
public record JournalEntry(Scene scene, List<Verdict> verdicts) {

    public JournalEntry {
        verdicts = List.copyOf(verdicts);
    }

    public static JournalEntry of(Scene scene, List<Decision> decisions) {
        return new JournalEntry(scene, decisions.stream().map(Decision::verdict).toList());
    }

    public Optional<Verdict> verdict(Address account) {
        return verdicts.stream()
                .filter(verdict -> verdict.account().equals(account))
                .findFirst();
    }
}

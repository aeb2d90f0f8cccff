package plimsoll.keeper.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.journal.Foreseen;
import plimsoll.keeper.journal.JournalEntry;
import plimsoll.keeper.journal.Scene;
import plimsoll.units.Address;

/**
 * What was decided because of prices that no block held yet.
 *
 * @param scene of the newest block, with these prices in place of its own
 * @param sent the transactions that followed
 */
record Anticipation(Foreseen foreseen, Scene scene, List<Decision> decisions, Map<Address, StoredIntent> sent) {

    Anticipation {
        decisions = List.copyOf(decisions);
        sent = Map.copyOf(sent);
    }

    JournalEntry entry() {
        return JournalEntry.of(scene, decisions, Optional.of(foreseen));
    }
}

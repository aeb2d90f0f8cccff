package plimsoll.keeper.app;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.position.BookChange;
import plimsoll.units.Address;

/**
 * What one look at the market came to.
 *
 * @param change what became of the book
 * @param positions accounts that hold something
 * @param liquidatable those of them that are exactly below the line
 * @param scene what the decisions rest on
 * @param decisions one for every account that is below the line or cannot be shown not to be
 * @param sent the transactions that followed
 */
record Round(
        Market market,
        Instant seenAt,
        BookChange change,
        int positions,
        List<Address> liquidatable,
        Scene scene,
        List<Decision> decisions,
        Map<Address, StoredIntent> sent) {

    Round {
        liquidatable = List.copyOf(liquidatable);
        decisions = List.copyOf(decisions);
        sent = Map.copyOf(sent);
    }

    /** The same look, with nothing decided or done because the chain's endpoints contradict each other. */
    Round inDoubt() {
        List<Decision> instead = decisions.stream()
                .map(decision -> new Decision(
                        decision.block(),
                        decision.account(),
                        decision.healthFactor(),
                        decision.collateral(),
                        decision.debt(),
                        decision.decided(),
                        new Assessment.InDoubt("the chain's endpoints contradict each other")))
                .toList();
        return new Round(market, seenAt, change, positions, liquidatable, scene, instead, Map.of());
    }
}

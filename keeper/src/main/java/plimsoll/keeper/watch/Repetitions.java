package plimsoll.keeper.watch;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import plimsoll.keeper.liquidation.guard.Repetition;
import plimsoll.units.Address;
import plimsoll.units.Price;

/** Remembers since when the feed of each token has been saying what it says. It begins anew with each start of the keeper. */
final class Repetitions {

    private final Map<Address, Seen> byToken = new HashMap<>();

    private record Seen(BigInteger round, Repetition repetition) {}

    /** What the token's feed said in a block, and the second source beside it. */
    Repetition seen(Address token, BigInteger round, Price answer, Price second, Instant at) {
        Seen before = byToken.get(token);
        boolean goesOn = before != null
                && before.repetition.answer().equals(answer)
                && round.compareTo(before.round) >= 0; // a reorg and a new aggregator begin anew
        Repetition repetition;
        if (before == null || !goesOn) {
            repetition = new Repetition(answer, 1, at, second, second);
        } else {
            Repetition old = before.repetition;
            int rounds = round.equals(before.round) ? old.rounds() : old.rounds() + 1;
            repetition = new Repetition(answer, rounds, old.since(), old.before(), second);
        }
        byToken.put(token, new Seen(round, repetition));
        return repetition;
    }
}

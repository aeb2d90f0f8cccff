package plimsoll.keeper.liquidation.guard;

import java.time.Instant;
import plimsoll.units.Price;

/**
 * A feed that goes on making rounds of the very same answer, and what a second source said before and says now. Its rounds are fresh, so
 * their age tells nothing.
 *
 * @param rounds how many different rounds of this answer were seen
 * @param since the time of the first block in which it was seen
 * @param before what the second source said then
 */
public record Repetition(Price answer, int rounds, Instant since, Price before, Price now) {

    /** Two rounds may well come to the same; where the asset moves, three to the last digit do not. */
    private static final int MANY = 3;

    boolean isLong() {
        return rounds >= MANY;
    }
}

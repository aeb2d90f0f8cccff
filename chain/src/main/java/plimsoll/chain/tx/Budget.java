package plimsoll.chain.tx;

import java.util.Optional;
import plimsoll.units.Wei;

/** What a lane may still spend today. */
final class Budget {

    private final Optional<Wei> cap;
    private Wei spent;

    /** @param spent what is spent and what open intents may still cost */
    Budget(Wei spent, Optional<Wei> cap) {
        this.spent = spent;
        this.cap = cap;
    }

    static Budget unlimited() {
        return new Budget(Wei.ZERO, Optional.empty());
    }

    /** Takes {@code cost} out of it; where that is too much, takes nothing and says so. */
    Optional<Submission.SpendCapReached> spend(Wei cost) {
        Wei after = spent.plus(cost);
        if (cap.isPresent() && after.compareTo(cap.get()) > 0) {
            return Optional.of(new Submission.SpendCapReached(after, cap.get()));
        }
        spent = after;
        return Optional.empty();
    }
}

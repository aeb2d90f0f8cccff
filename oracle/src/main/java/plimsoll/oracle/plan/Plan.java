package plimsoll.oracle.plan;

import java.time.Duration;
import java.util.List;

/** How to get from the live parameters to the target, or why there is no way under the limits. */
public sealed interface Plan {

    /** The steps; for {@link Unreachable} those that could be taken. */
    List<Step> steps();

    /** Steps that end at the target; none where the target is where we are. */
    record Reachable(List<Step> steps) implements Plan {
        public Reachable {
            steps = List.copyOf(steps);
        }
    }

    /** The limits allow no further step, and the sentence says which. */
    record Unreachable(List<Step> steps, String reason) implements Plan {
        public Unreachable {
            steps = List.copyOf(steps);
        }
    }

    /** From the first step to the last. */
    default Duration duration() {
        return steps().isEmpty() ? Duration.ZERO : steps().getLast().notBefore();
    }
}

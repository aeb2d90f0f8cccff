package plimsoll.oracle.plan;

import java.time.Duration;
import java.util.List;

/**
 * What one proposal changes.
 *
 * @param notBefore earliest time after the first step
 * @param forcedLiquidations accounts that the step itself makes liquidatable, at the prices and positions given
 */
public record Step(
        Duration notBefore, List<ParameterChange> changes, int forcedLiquidations, List<PostCondition> postConditions) {

    public Step {
        changes = List.copyOf(changes);
        postConditions = List.copyOf(postConditions);
    }

    public boolean isAcceptable() {
        return postConditions.stream().allMatch(PostCondition::holds);
    }
}

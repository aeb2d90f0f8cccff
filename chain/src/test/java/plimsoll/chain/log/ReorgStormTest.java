package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever reorgs, lags and crashes a follower went through, its consumer holds what a fresh follower's would. */
class ReorgStormTest {

    private static final long FIRST_SEED = 20_261_122;

    @Test
    void equalsAFreshFollowerAfterAHundredStorms() {
        weather(100);
    }

    @Test
    @Tag("long")
    void equalsAFreshFollowerAfterAThousandStorms() {
        weather(1_000);
    }

    private static void weather(int cases) {
        List<ReorgStorm.Outcome> outcomes = new ArrayList<>();
        LongStream.range(FIRST_SEED, FIRST_SEED + cases).forEach(seed -> {
            ReorgStorm.Outcome outcome = ReorgStorm.of(seed);
            assertThat(outcome.followed())
                    .as("state hash, seed %d: %s", seed, outcome)
                    .isEqualTo(outcome.fresh());
            outcomes.add(outcome);
        });
        assertThat(sum(outcomes, ReorgStorm.Outcome::logs)).isGreaterThan(cases);
        assertThat(sum(outcomes, ReorgStorm.Outcome::reorgs)).isGreaterThan(cases);
        assertThat(sum(outcomes, ReorgStorm.Outcome::reorgsWhileReading)).isGreaterThan(cases / 2);
        assertThat(sum(outcomes, ReorgStorm.Outcome::crashes)).isGreaterThan(cases / 2);
        assertThat(sum(outcomes, ReorgStorm.Outcome::lags)).isGreaterThan(cases / 10);
        assertThat(outcomes.stream().mapToInt(ReorgStorm.Outcome::deepest).max())
                .hasValue(ReorgStorm.DEEPEST);
        assertThat(sum(outcomes, ReorgStorm.Outcome::suspicions))
                .as("honest nodes under suspicion")
                .isZero();
        System.out.printf(
                "reorg storms: seeds=%d..%d reorgs=%d whileReading=%d crashes=%d lags=%d logs=%d%n",
                FIRST_SEED,
                FIRST_SEED + cases - 1,
                sum(outcomes, ReorgStorm.Outcome::reorgs),
                sum(outcomes, ReorgStorm.Outcome::reorgsWhileReading),
                sum(outcomes, ReorgStorm.Outcome::crashes),
                sum(outcomes, ReorgStorm.Outcome::lags),
                sum(outcomes, ReorgStorm.Outcome::logs));
    }

    private static long sum(List<ReorgStorm.Outcome> outcomes, ToLongFunction<ReorgStorm.Outcome> count) {
        return outcomes.stream().mapToLong(count).sum();
    }
}

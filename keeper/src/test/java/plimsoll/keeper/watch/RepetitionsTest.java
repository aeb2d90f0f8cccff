package plimsoll.keeper.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.liquidation.guard.Repetition;
import plimsoll.units.Address;
import plimsoll.units.Price;

class RepetitionsTest {

    private static final Address WETH = new Address("0x" + "02".repeat(20));
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private final Repetitions repetitions = new Repetitions();

    @Test
    void countsRoundsOfOneAnswerFromWhereItBegan() {
        assertThat(seen(7, "2500", "2501", 0)).isEqualTo(repetition("2500", 1, 0, "2501", "2501"));
        assertThat(seen(7, "2500", "2490", 12)).isEqualTo(repetition("2500", 1, 0, "2501", "2490"));
        assertThat(seen(8, "2500", "2400", 24)).isEqualTo(repetition("2500", 2, 0, "2501", "2400"));
        assertThat(seen(11, "2500", "2300", 36)).isEqualTo(repetition("2500", 3, 0, "2501", "2300"));
    }

    @Test
    void beginsAnewWithAnotherAnswerAReorgAndANewAggregator() {
        seen(7, "2500", "2501", 0);
        seen(8, "2500", "2501", 12);

        assertThat(seen(9, "2499", "2480", 24)).isEqualTo(repetition("2499", 1, 24, "2480", "2480"));
        assertThat(seen(8, "2499", "2470", 36)).isEqualTo(repetition("2499", 1, 36, "2470", "2470"));
    }

    private Repetition seen(long round, String answer, String second, long seconds) {
        return repetitions.seen(
                WETH, BigInteger.valueOf(round), Price.parse(answer), Price.parse(second), START.plusSeconds(seconds));
    }

    private static Repetition repetition(String answer, int rounds, long since, String before, String now) {
        return new Repetition(
                Price.parse(answer), rounds, START.plusSeconds(since), Price.parse(before), Price.parse(now));
    }
}

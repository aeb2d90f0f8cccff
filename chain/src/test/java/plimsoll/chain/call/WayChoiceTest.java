package plimsoll.chain.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.CallSettings.Way;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;

class WayChoiceTest {

    private final WayChoice choice = new WayChoice();

    @Test
    void takesTheFasterWayAndTriesTheOtherNowAndThen() {
        List<Way> taken = ask(320, 50, 1_000, 3_000);

        assertThat(Collections.frequency(taken, Way.MULTICALL)).isBetween(5, 20);
    }

    @Test
    void noticesThatTheOtherWayHasBecomeFaster() {
        ask(64, 50, 1_000, 3_000);

        List<Way> taken = ask(640, 50, 6_000, 300);

        assertThat(taken.subList(500, 640)).filteredOn(Way.BATCH::equals).hasSizeLessThan(10);
    }

    @Test
    void learnsForEachSizeByItself() {
        ask(64, 2, 1_000, 3_000);
        ask(64, 500, 3_000, 1_000);

        assertThat(ask(20, 3, 1_000, 3_000)).filteredOn(Way.BATCH::equals).hasSizeGreaterThan(17);
        assertThat(ask(20, 510, 3_000, 1_000)).filteredOn(Way.MULTICALL::equals).hasSizeGreaterThan(17);
    }

    @Test
    void aNodeWithoutSimulationIsAskedOnceAndSaysSo() {
        Chain chain = new Chain(new SimulatedNode(31_337));
        Call call = Call.of(Address.ZERO, "0x");

        for (int i = 0; i < 2; i++) {
            assertThat(chain.simulate(List.of(call), BlockTag.LATEST, StateOverrides.none()))
                    .isInstanceOfSatisfying(
                            Simulation.NotOffered.class,
                            answer -> assertThat(answer.reason()).contains("only independent calls"));
        }
    }

    /** The nanoseconds are those of a call by each way. */
    private List<Way> ask(int times, int calls, long batch, long multicall) {
        return Stream.generate(() -> {
                    Way way = choice.choose(calls);
                    choice.took(way, calls, calls * (way == Way.BATCH ? batch : multicall));
                    return way;
                })
                .limit(times)
                .toList();
    }
}

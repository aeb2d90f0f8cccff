package plimsoll.keeper.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

class TouchHistoryTest {

    private static final Touch ALICE = new Touch.Collateral(new Address("0x" + "a1".repeat(20)));
    private static final Touch BOB = new Touch.Collateral(new Address("0x" + "b0".repeat(20)));

    @Test
    void namesWhatTheOrphanedBlocksTouched() {
        var history = new TouchHistory(10);
        history.add(new BlockNumber(1), Set.of(ALICE));
        history.add(new BlockNumber(2), Set.of(BOB));
        history.add(new BlockNumber(3), Set.of());

        assertThat(history.rewindFrom(new BlockNumber(2))).hasValue(Set.of(BOB));
        assertThat(history.rewindFrom(new BlockNumber(2))).hasValue(Set.of());
    }

    @Test
    void saysWhenTheReorgIsDeeperThanItsMemory() {
        var history = new TouchHistory(2);
        for (int block = 1; block <= 5; block++) {
            history.add(new BlockNumber(block), Set.of(ALICE));
        }

        assertThat(history.rewindFrom(new BlockNumber(3))).isEmpty();
    }

    @Test
    void remembersNothingBeforeTheFirstBlock() {
        assertThat(new TouchHistory(2).rewindFrom(new BlockNumber(7))).isEmpty();
    }
}

package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import plimsoll.chain.log.BlockRef;
import plimsoll.chain.log.BlockStore;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** What every block store must do; the one in memory and the one in PostgreSQL are both held to it. */
interface BlockStoreContract {

    BlockStore store();

    @Test
    default void remembersTheNewestBlocksOfEachFollower() {
        store().append("keeper of many", blocks(10, 12, 13), 64);
        store().append("keeper of many", blocks(14, 15), 3);
        store().append("oracle", blocks(1), 3);

        assertThat(store().window("keeper of many")).isEqualTo(blocks(13, 14, 15));
        assertThat(store().window("oracle")).isEqualTo(blocks(1));
        assertThat(store().window("nobody")).isEmpty();
    }

    @Test
    default void forgetsFromTheFirstRewoundBlockUp() {
        store().append("rewound", blocks(10, 11, 13), 64);

        store().rewind("rewound", new BlockNumber(11));
        store().append("rewound", blocks(12), 64);

        assertThat(store().window("rewound")).isEqualTo(blocks(10, 12));
    }

    @Test
    default void refusesBlocksThatDoNotAscendAndThenAddsNone() {
        store().append("strict", blocks(10), 64);

        assertThatThrownBy(() -> store().append("strict", blocks(11, 11), 64))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().append("strict", blocks(10), 64)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store().window("strict")).isEqualTo(blocks(10));
    }

    private static List<BlockRef> blocks(long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(n -> new BlockRef(new BlockNumber(n), new BlockHash("0x%064x".formatted(n))))
                .toList();
    }
}

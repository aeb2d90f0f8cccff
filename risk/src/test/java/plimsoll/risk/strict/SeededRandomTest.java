package plimsoll.risk.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeededRandomTest {

    @Test
    void repeatsItsBits() {
        var first = new SeededRandom(7, 3);
        var second = new SeededRandom(7, 3);

        assertThat(first.longs(100).toArray()).isEqualTo(second.longs(100).toArray());
    }

    @Test
    void streamsOfOneSeedDiffer() {
        assertThat(new SeededRandom(7, 0).nextLong()).isNotEqualTo(new SeededRandom(7, 1).nextLong());
    }

    @Test
    void isUniform() {
        var random = new SeededRandom(1);
        var counts = new int[10];
        var sum = 0.0;

        for (var i = 0; i < 100_000; i++) {
            counts[random.nextIndex(10)]++;
            sum += random.nextDouble();
        }

        // Standard deviations: √(1e5·0.1·0.9) = 95 per cell, 1/√(12·1e5) = 0.0009 for the mean; bounds at five of them.
        for (var count : counts) {
            assertThat((double) count).isCloseTo(10_000, within(475.0));
        }
        assertThat(sum / 100_000).isCloseTo(0.5, within(0.0046));
    }
}

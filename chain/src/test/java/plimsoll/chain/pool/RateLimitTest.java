package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void givesASecondsWorthAtOnceAndThenOneAtATime() {
        RateLimit limit = new RateLimit(10, 0);

        for (int i = 0; i < 10; i++) {
            assertThat(limit.take(1, 0, 0)).isZero();
        }

        assertThat(limit.has(1, 0)).isFalse();
        assertThat(limit.take(1, 0, 0)).isEqualTo(-1);
        // 1 token at 10 a second: 0.1 s
        assertThat(limit.take(1, 0, SECOND)).isEqualTo(SECOND / 10);
        assertThat(limit.take(1, 0, SECOND)).isEqualTo(2 * SECOND / 10);
        assertThat(limit.has(1, SECOND)).isTrue();
    }

    @Test
    void letsALargeBatchWaitItsFullTime() {
        RateLimit limit = new RateLimit(10, 0);

        // 30 tokens, 10 at hand, 20 at 10 a second: 2 s
        assertThat(limit.take(30, 0, 10 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(limit.take(1, 2 * SECOND, 0)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverGivesMoreThanRateAndBucket(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RateLimit limit = new RateLimit(50, 0);
        long now = 0;
        long given = 0;
        for (int i = 0; i < 2_000; i++) {
            now += random.nextLong(SECOND / 20);
            int count = 1 + random.nextInt(5);
            if (limit.take(count, now, 0) == 0) {
                given += count;
            }
            assertThat((double) given).as("seed %d", seed).isLessThanOrEqualTo(50 + 50.0 * now / SECOND + 1e-6);
        }
        assertThat(given).isGreaterThan(1_000);
    }
}

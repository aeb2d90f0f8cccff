package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void knowsTheMeanAndTheSlowOnes() {
        Latency latency = new Latency();
        assertThat(latency.meanNanos()).isZero();
        assertThat(latency.isKnown()).isFalse();

        for (int i = 1; i <= 64; i++) {
            latency.record(i * 1_000L);
        }

        // 95 % of 64 values: the 61st
        assertThat(latency.slowNanos()).isEqualTo(61_000);
        assertThat(latency.meanNanos()).isBetween(50_000L, 60_000L);
        assertThat(latency.isKnown()).isTrue();
    }

    @Test
    void forgetsWhatIsOld() {
        Latency latency = new Latency();
        for (int i = 0; i < 64; i++) {
            latency.record(1_000_000);
        }
        for (int i = 0; i < 64; i++) {
            latency.record(1_000);
        }

        assertThat(latency.slowNanos()).isEqualTo(1_000);
        assertThat(latency.meanNanos()).isLessThan(10_000);
    }
}

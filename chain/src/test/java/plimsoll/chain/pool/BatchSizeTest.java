package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    @Test
    void halvesOnRefusalAndGrowsSlowly() {
        BatchSize batch = new BatchSize(200);

        assertThat(batch.tooLarge(200)).isEqualTo(100);
        assertThat(batch.tooLarge(100)).isEqualTo(50);
        for (int i = 0; i < 7; i++) {
            assertThat(batch.wentWell(50)).isEqualTo(50);
        }
        // a twentieth of 200 after eight full ones
        assertThat(batch.wentWell(50)).isEqualTo(60);
        for (int i = 0; i < 8 * 20; i++) {
            batch.wentWell(batch.size());
        }
        assertThat(batch.size()).isEqualTo(200);
    }

    @Test
    void learnsNothingFromSmallBatchesAndNeverGoesBelowOne() {
        BatchSize batch = new BatchSize(8);
        batch.tooLarge(8);

        for (int i = 0; i < 100; i++) {
            batch.wentWell(2);
        }

        assertThat(batch.size()).isEqualTo(4);
        for (int i = 0; i < 10; i++) {
            batch.tooLarge(batch.size());
        }
        assertThat(batch.size()).isEqualTo(1);
    }
}

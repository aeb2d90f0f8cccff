package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

class PostgresIntentStoreTest implements IntentStoreContract {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @Override
    public IntentStore store() {
        return new PostgresIntentStore(DATABASE.dataSource());
    }

    @Test
    void aReasonPlannedByManyAtOnceIsPlannedOnce() throws Exception {
        int lanes = 8;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> plannings = new ArrayList<>();
        TransactionIntent intent = new TransactionIntent(
                "one liquidation", address(1), "0x", Wei.ZERO, new Gas(21_000), GasPrice.ofRaw(1));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < lanes; i++) {
                Lane lane = new Lane(new ChainId(1), address(1_000 + i));
                plannings.add(threads.submit(() -> {
                    Lease lease =
                            store().acquire(lane, "test", Duration.ofMinutes(1)).orElseThrow();
                    start.await();
                    return store().plan(lease, new Nonce(0), List.of(intent), Instant.EPOCH)
                            .getFirst()
                            .isNew();
                }));
            }
            start.countDown();
        }

        assertThat(plannings.stream().filter(Future::resultNow)).hasSize(1);
    }

    @Test
    void aLaneAcquiredByManyAtOnceHasOneHolder() throws Exception {
        Lane lane = new Lane(new ChainId(1), address(2_000));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> acquired = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String holder = "holder " + i;
                acquired.add(threads.submit(() -> {
                    start.await();
                    return store().acquire(lane, holder, Duration.ofMinutes(1)).isPresent();
                }));
            }
            start.countDown();
        }

        assertThat(acquired.stream().filter(Future::resultNow)).hasSize(1);
    }

    private static Address address(int number) {
        return new Address("0xff%038x".formatted(number));
    }
}

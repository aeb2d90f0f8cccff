package plimsoll.devnet.fault;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits that are faults: late answers, and answers that never come. Healing ends them. */
final class Pause {

    /** No client waits longer; the connection is then closed. */
    private static final long LONGEST_SILENCE = TimeUnit.MINUTES.toNanos(10);

    private final Faults faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private long healings;

    Pause(Faults faults) {
        this.faults = faults;
    }

    void perhaps() {
        if (faults.strikes(Fault.DELAYS)) {
            await(TimeUnit.MILLISECONDS.toNanos(
                    faults.setting(Fault.DELAYS).map(FaultSetting::amount).orElse(0L)));
        }
    }

    void silence() {
        await(LONGEST_SILENCE);
    }

    void end() {
        lock.lock();
        try {
            healings++;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(long nanos) {
        lock.lock();
        try {
            long before = healings;
            long left = nanos;
            while (left > 0 && healings == before) {
                left = healed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}

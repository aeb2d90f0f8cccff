package plimsoll.keeper.app;

import java.time.Duration;
import java.util.Optional;
import plimsoll.keeper.liquidation.guard.Halt;
import plimsoll.keeper.store.HaltStore;
import plimsoll.runtime.work.Closing;

/**
 * Whether the operator has ordered that nothing be sent, looked up behind the loops' backs so that no block waits for it: an order given
 * here holds at once, one given to another process of the same database within a quarter of a second.
 */
final class KillSwitch implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final HaltStore store;
    private final KeeperLog log;
    private final Closing closing = new Closing();
    private volatile Optional<Halt> current;

    /** Looks once before it returns, so that a keeper that starts halted stays so. */
    KillSwitch(HaltStore store, KeeperLog log) {
        this.store = store;
        this.log = log;
        this.current = store.current();
        Thread.ofVirtual().name("kill switch").start(this::work);
    }

    Optional<Halt> current() {
        return current;
    }

    void order(boolean halted, String by, String reason) {
        store.order(halted, by, reason);
        look();
    }

    private void work() {
        while (!closing.isOrderedWithin(LOOK_EVERY)) {
            try {
                look();
            } catch (RuntimeException e) {
                log.troubled(
                        e); // the last order that was read holds; and without the database nothing can be sent either
            }
        }
    }

    private void look() {
        Optional<Halt> found = store.current();
        if (!found.equals(current)) {
            current = found;
            log.halted(found);
        }
    }

    @Override
    public void close() {
        closing.order();
    }
}

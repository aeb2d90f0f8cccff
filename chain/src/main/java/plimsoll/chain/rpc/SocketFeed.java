package plimsoll.chain.rpc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One subscription across connections: takes what the reader finds without ever waiting, and tells it to the listener on
 * a thread of its own. A loss throws away what was not told yet, so that nothing of an old connection follows a new one.
 */
final class SocketFeed {

    private static final Logger LOG = LoggerFactory.getLogger(SocketFeed.class);

    private enum Told {
        NOTHING,
        CONNECTED,
        LOST
    }

    private record Item(JsonNode json, int bytes) {}

    private final Subscription subscription;
    private final SubscriptionListener listener;
    private final SocketSettings settings;
    private final Runnable askAgain;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Item> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean connected;
    private boolean closed;
    private @Nullable RpcException loss;
    private Told told = Told.NOTHING;
    private int refusals;
    private boolean mustAsk;
    private long askAtNanos;

    /** @param askAgain called on this feed's thread when the node should be asked for the subscription again */
    SocketFeed(Subscription subscription, SubscriptionListener listener, SocketSettings settings, Runnable askAgain) {
        this.subscription = subscription;
        this.listener = listener;
        this.settings = settings;
        this.askAgain = askAgain;
    }

    void start() {
        Thread.ofVirtual().name("subscription-" + subscription.name()).start(this::deliver);
    }

    Subscription subscription() {
        return subscription;
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void connected() {
        change(() -> {
            connected = true;
            refusals = 0;
            mustAsk = false;
        });
    }

    /** False where the listener is too slow: the notification has no room. */
    boolean offer(JsonNode notification, int bytes) {
        lock.lock();
        try {
            // One that is large by itself still has to pass, else it would be asked for without end.
            if (queue.size() >= settings.maxQueued()
                    || (!queue.isEmpty() && queuedBytes + bytes > settings.maxQueuedBytes())) {
                return false;
            }
            queue.add(new Item(notification, bytes));
            queuedBytes += bytes;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The connection is gone; its owner makes another and asks then. */
    void lost(RpcException reason) {
        change(() -> lose(reason));
    }

    /** The connection stands but not the subscription: ask again once the listener knows, so that a slow one is not hurried. */
    void overflowed(RpcException reason) {
        change(() -> {
            lose(reason);
            mustAsk = true;
            askAtNanos = System.nanoTime();
        });
    }

    /** The node said no; it is asked again after a wait that grows with each refusal. */
    void refused(RpcException reason, Backoff backoff) {
        change(() -> {
            lose(reason);
            Duration wait = backoff.after(++refusals);
            mustAsk = true;
            askAtNanos = System.nanoTime() + wait.toNanos();
        });
    }

    private void lose(RpcException reason) {
        queue.clear();
        queuedBytes = 0;
        connected = false;
        mustAsk = false;
        if (loss == null && told != Told.LOST) {
            loss = reason;
        }
    }

    void close() {
        change(() -> {
            closed = true;
            queue.clear();
        });
    }

    private void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void deliver() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                LOG.error(
                        "subscription's listener failed, what it was told is lost to it: subscription={}",
                        subscription.name(),
                        e);
            }
        }
    }

    /** The next thing to tell, in the order of what happened; null when all is over. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (!closed) {
                Runnable due = due();
                if (due != null) {
                    return due;
                }
                if (mustAsk) {
                    changed.await(askAtNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                } else {
                    changed.await();
                }
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable due() {
        RpcException reason = loss;
        if (reason != null) {
            loss = null;
            told = Told.LOST;
            return () -> listener.lost(reason);
        }
        if (connected && told != Told.CONNECTED) {
            told = Told.CONNECTED;
            return listener::connected;
        }
        Item item = queue.poll();
        if (item != null) {
            queuedBytes -= item.bytes();
            return () -> listener.notified(item.json());
        }
        if (mustAsk && askAtNanos - System.nanoTime() <= 0) {
            mustAsk = false;
            return askAgain;
        }
        return null;
    }
}

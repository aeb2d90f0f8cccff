package plimsoll.keeper.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import plimsoll.keeper.margin.Outbox;

/**
 * Carries what waits in the outbox to its channels, one thread a channel, so that a receiver that hangs delays nobody else's message.
 * At least once: between a delivery and its record lies a crash's chance, which is why every message has a key.
 */
public final class Courier implements AutoCloseable {

    /** Longer than any channel takes for one try. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LEAST_BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(3);
    private static final int AT_ONCE = 20;

    private final Outbox outbox;
    private final Backoff backoff;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final NotifyLog log = new NotifyLog();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Route> routes;

    private record Route(Channel channel, Semaphore news, Thread thread) {}

    /** Starts at once. */
    public Courier(
            Outbox outbox, List<Channel> channels, Backoff backoff, InstantSource clock, RandomGenerator random) {
        this.outbox = outbox;
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
        this.routes = channels.stream()
                .map(channel -> {
                    var news = new Semaphore(0);
                    return new Route(
                            channel,
                            news,
                            Thread.ofVirtual().name("courier-" + channel.name()).start(() -> work(channel, news)));
                })
                .toList();
    }

    /** Something may be due. */
    public void nudge() {
        routes.forEach(route -> route.news.release());
    }

    private void work(Channel channel, Semaphore news) {
        while (stopping.getCount() > 0) {
            boolean more = false;
            try {
                more = round(channel);
            } catch (RuntimeException e) {
                log.outboxFailed(channel.name(), e);
            }
            if (!more) {
                await(news);
            }
        }
    }

    /** Delivers what is due; true where there may be more. */
    boolean round(Channel channel) {
        List<Outbox.Message> due = outbox.take(channel.name(), clock.instant(), LEASE, AT_ONCE);
        for (Outbox.Message message : due) {
            if (stopping.getCount() == 0) {
                return false; // comes again when its lease is over
            }
            conclude(message, attempt(channel, message));
        }
        return due.size() == AT_ONCE;
    }

    private static Channel.Delivery attempt(Channel channel, Outbox.Message message) {
        try {
            return channel.deliver(message);
        } catch (RuntimeException e) {
            return new Channel.Delivery.Failed("channel fails: " + e.getClass().getSimpleName());
        }
    }

    private void conclude(Outbox.Message message, Channel.Delivery delivery) {
        Instant now = clock.instant();
        switch (delivery) {
            case Channel.Delivery.Delivered _ -> {
                outbox.delivered(message, now);
                log.delivered(message);
            }
            case Channel.Delivery.Failed(String why, Optional<Duration> notBefore) -> {
                if (backoff.isLast(message.attempt())) {
                    outbox.dead(message, why, now);
                    log.dead(message, why);
                } else {
                    Instant next = now.plus(longer(wait(message), notBefore));
                    outbox.failed(message, why, next);
                    log.failed(message, why, next);
                }
            }
        }
    }

    private Duration wait(Outbox.Message message) {
        synchronized (random) {
            return backoff.after(message.attempt(), random);
        }
    }

    private static Duration longer(Duration wait, Optional<Duration> asked) {
        return asked.filter(it -> it.compareTo(wait) > 0).orElse(wait);
    }

    private void await(Semaphore news) {
        long millis =
                Math.clamp(backoff.first().toMillis(), LEAST_BETWEEN_LOOKS.toMillis(), MOST_BETWEEN_LOOKS.toMillis());
        try {
            if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after the messages under way. */
    @Override
    public void close() {
        stopping.countDown();
        nudge();
        try {
            for (Route route : routes) {
                route.thread.join(PATIENCE_AT_END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package plimsoll.chain.fuzz;

import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import plimsoll.units.Address;

/** Runs one trial after another on a thread of its own and watches its time and its memory. */
final class Fuzz {

    /** No input may take longer; far above what a busy machine needs for one. */
    private static final long PATIENCE_MILLIS = 20_000;

    /** What a trial may allocate: so much in any case (classes, buffers), and so much for each byte of its input. */
    private static final long SPARE_BYTES = 4L << 20;

    private static final long BYTES_PER_BYTE = 400;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Fuzz() {}

    /** What an input was. */
    @SuppressWarnings("ArrayRecordComponent") // shown where it fails, never compared
    record Input(String what, byte[] bytes) {

        @Override
        public String toString() {
            return what + " " + new String(bytes, 0, Math.min(bytes.length, 3_000), StandardCharsets.UTF_8);
        }
    }

    /** One input: makes it from the chance given, tries it, and throws where the outcome is wrong. */
    @FunctionalInterface
    interface Trial {
        Input run(SplittableRandom random);
    }

    static void run(long seed, long count, Trial trial) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread worker = Thread.ofPlatform().name("fuzz").daemon().start(() -> {
            try {
                Address.ZERO.checksummed(); // loads a signed library, some 100 MB of work that no input is to blame for
                for (long i = 0; i < count; i++) {
                    tryOnce(seed, i, trial);
                    done.incrementAndGet();
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        long before = -1;
        while (!worker.join(java.time.Duration.ofMillis(PATIENCE_MILLIS))) {
            if (done.get() == before) {
                StringBuilder stack = new StringBuilder();
                for (StackTraceElement frame : worker.getStackTrace()) {
                    stack.append("\n\tat ").append(frame);
                }
                fail("Input hangs: seed=%d input=%d%s", seed, before, stack);
            }
            before = done.get();
        }
        Throwable found = failure.get();
        if (found != null) {
            throw new AssertionError("Input fails: seed=" + seed + " input=" + done.get() + ": " + found, found);
        }
    }

    private static void tryOnce(long seed, long input, Trial trial) {
        SplittableRandom random = new SplittableRandom(seed + input * 0x9E3779B97F4A7C15L);
        long thread = Thread.currentThread().threadId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        Input tried = trial.run(random);
        long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
        long allowed = SPARE_BYTES + BYTES_PER_BYTE * tried.bytes().length;
        if (allocated > allowed) {
            fail("Input takes too much memory: allocated=%d bytes allowed=%d input=%s", allocated, allowed, tried);
        }
    }
}

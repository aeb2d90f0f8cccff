package plimsoll.chain.pool;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

/** Asks several endpoints at once, each on a virtual thread of its own, and hands over what comes as it comes. For one thread. */
final class Fan<T> {

    sealed interface Reply<T> {

        Member member();
    }

    record Answered<T>(Member member, T answer) implements Reply<T> {}

    record Broke<T>(Member member, RpcException reason) implements Reply<T> {}

    private final BlockingQueue<Supplier<Reply<T>>> replies = new LinkedBlockingQueue<>();
    private int open;

    void ask(Member member, Supplier<T> exchange) {
        open++;
        Thread.ofVirtual().name("pool-" + member.name()).start(() -> replies.add(reply(member, exchange)));
    }

    private static <T> Supplier<Reply<T>> reply(Member member, Supplier<T> exchange) {
        try {
            Reply<T> answered = new Answered<>(member, exchange.get());
            return () -> answered;
        } catch (RpcException e) {
            return () -> new Broke<>(member, e);
        } catch (RuntimeException e) {
            return () -> { // not the endpoint's fault: the caller asked for something that cannot be asked
                throw e;
            };
        }
    }

    /** How many have been asked and have not replied. */
    int open() {
        return open;
    }

    /** The next reply, absent where none came until then. */
    Optional<Reply<T>> next(long until) {
        try {
            Supplier<Reply<T>> reply = replies.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (reply == null) {
                return Optional.empty();
            }
            open--;
            return Optional.of(reply.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.TRANSIENT, "Exchange was interrupted");
        }
    }
}

package plimsoll.acceptance.bench;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * Looks at a node again and again from outside: when each block was there, and when each transaction of one account was, in the node's
 * pool or in a block. Exact to a few milliseconds; whoever is watched is not asked.
 */
final class Onlooker implements AutoCloseable {

    private static final long BETWEEN_LOOKS_NANOS = 1_000_000;

    private final RpcClient node;
    private final Address sender;
    /** By number, when it was there first. */
    private final ConcurrentSkipListMap<Long, Long> blocks = new ConcurrentSkipListMap<>();

    /** By how many transactions the account had sent, when it had first. */
    private final ConcurrentSkipListMap<Long, Long> arrivals = new ConcurrentSkipListMap<>();

    private final Thread thread;
    private volatile boolean closed;

    private Onlooker(RpcClient node, Address sender) {
        this.node = node;
        this.sender = sender;
        this.thread = Thread.ofVirtual().name("onlooker").unstarted(this::look);
    }

    static Onlooker at(String url, Address sender) {
        Onlooker onlooker = new Onlooker(RpcClient.to(url), sender);
        onlooker.thread.start();
        return onlooker;
    }

    private void look() {
        List<RpcRequest> questions = List.of(
                RpcRequest.of("eth_blockNumber"), RpcRequest.of("eth_getTransactionCount", sender.hex(), "pending"));
        while (!closed) {
            List<RpcAnswer> answers = node.callAll(questions);
            long now = System.nanoTime();
            blocks.putIfAbsent(number(answers.getFirst()), now);
            arrivals.putIfAbsent(number(answers.getLast()), now);
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private static long number(RpcAnswer answer) {
        return Long.decode(answer.orThrow().stringValue());
    }

    /** When the block was there, by {@link System#nanoTime}. */
    long blockAt(BlockNumber block) {
        return blocks.tailMap(block.value()).values().iterator().next();
    }

    /** When the account's next transaction was there, after this moment; empty where none has come yet. */
    OptionalLong nextTransaction(long after) {
        return arrivals.values().stream()
                .mapToLong(Long::longValue)
                .filter(at -> at > after)
                .findFirst();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.close();
    }
}

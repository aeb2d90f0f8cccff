package plimsoll.chain.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/**
 * Reads one query's logs along the chain and keeps its consumer at what a fresh reading would give. Old blocks come in
 * pages whose size adapts to what the node can answer, new ones by hash; where a parent's hash does not fit, it goes back
 * to the last block that both histories share.
 *
 * <p>For one thread.
 */
public final class LogFollower {

    private static final int HEADERS_AT_ONCE = 32;
    /** Halvings within one call when the node seems merely slow; a page may be too large for it, or the node may be down. */
    private static final int PATIENCE = 3;

    /**
     * Where a follower stands.
     *
     * @param head the newest block that the node knows
     * @param at the newest applied block; absent before the first
     */
    public record Progress(BlockHeader head, Optional<BlockRef> at) {

        public boolean isCaughtUp() {
            return at.isPresent() && at.get().hash().equals(head.hash());
        }
    }

    private final Chain chain;
    private final LogQuery query;
    private final FollowerSettings settings;
    private final BlockStore store;
    private final LogConsumer consumer;

    private List<BlockRef> window = List.of();
    private boolean inStep; // whether the consumer is known to hold exactly what the window says
    private int page;

    public LogFollower(Chain chain, LogQuery query, FollowerSettings settings, BlockStore store, LogConsumer consumer) {
        this.chain = chain;
        this.query = query;
        this.settings = settings;
        this.store = store;
        this.consumer = consumer;
        this.page = settings.largestPage();
    }

    /**
     * Reads all that is new up to the node's head, rewinding first where the chain has changed its mind.
     *
     * @throws RpcException where the node failed; what was applied so far stays, and the next call goes on from there
     */
    public Progress advance() {
        BlockHeader head = chain.head();
        if (!inStep) {
            window = store.window(settings.name());
            // A crash may have come between the consumer's work and the store's memory of it.
            consumer.rewind(next());
            inStep = true;
        }
        if (!leadsTo(head)) {
            rewindToCommonAncestor(head);
        }
        boolean goesOn = true;
        while (goesOn && next().compareTo(head.number()) <= 0) {
            long behind = head.number().value() - next().value() + 1;
            goesOn = behind > settings.near() ? readPage(head) : readNear(head);
        }
        return new Progress(head, at());
    }

    private Optional<BlockRef> at() {
        return window.isEmpty() ? Optional.empty() : Optional.of(window.getLast());
    }

    private BlockNumber next() {
        return at().map(block -> block.number().next()).orElse(settings.start());
    }

    /** Whether nothing speaks against our newest block being on the head's chain; what lies above us is checked when read. */
    private boolean leadsTo(BlockHeader head) {
        return at().map(block -> switch (Integer.signum(block.number().compareTo(head.number()))) {
                    case -1 -> true;
                    case 0 -> block.hash().equals(head.hash());
                    default -> false;
                })
                .orElse(true);
    }

    private void rewindToCommonAncestor(BlockHeader head) {
        List<BlockRef> seen = window.stream()
                .filter(block -> block.number().compareTo(head.number()) <= 0)
                .toList();
        // Two histories agree up to a block and never again, so the last shared one is found by halving.
        int shared = 0;
        int differing = seen.size();
        while (shared < differing) {
            int middle = (shared + differing) >>> 1;
            if (isOnChain(seen.get(middle))) {
                shared = middle + 1;
            } else {
                differing = middle;
            }
        }
        boolean nodeIsBehind = shared == seen.size() && shared < window.size() && shared > 0;
        if (!nodeIsBehind) {
            rewind(shared);
        }
    }

    private boolean isOnChain(BlockRef block) {
        return chain.findHeader(BlockAt.number(block.number()))
                .map(BlockHeader::hash)
                .filter(block.hash()::equals)
                .isPresent();
    }

    private void rewind(int kept) {
        if (kept == window.size()) {
            return;
        }
        BlockNumber first =
                kept == 0 ? settings.start() : window.get(kept - 1).number().next();
        inStep = false; // until both have forgotten
        consumer.rewind(first);
        store.rewind(settings.name(), first);
        window = List.copyOf(window.subList(0, kept));
        inStep = true;
    }

    private boolean readNear(BlockHeader head) {
        long last = Math.min(head.number().value(), next().value() + HEADERS_AT_ONCE - 1);
        List<BlockHeader> headers = linked(chain.headers(next(), new BlockNumber(last)));
        if (headers.isEmpty()) {
            return false; // the node no longer knows what it announced; the next call sees its new head
        }
        if (!follows(headers.getFirst())) {
            rewindToCommonAncestor(head);
            return true;
        }
        List<BlockHash> hashes = headers.stream().map(BlockHeader::hash).toList();
        List<List<EventLog>> logs = chain.logs(hashes, query);
        List<BlockLogs> runs = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            runs.add(new BlockLogs(headers.get(i).number(), headers.get(i), inOrder(logs.get(i))));
        }
        apply(runs);
        return true;
    }

    /** The headers up to the first that is not its predecessor's child: the chain moved while they were read. */
    private static List<BlockHeader> linked(List<BlockHeader> headers) {
        for (int i = 1; i < headers.size(); i++) {
            if (!headers.get(i).isChildOf(headers.get(i - 1))) {
                return headers.subList(0, i);
            }
        }
        return headers;
    }

    private boolean follows(BlockHeader header) {
        return at().map(block -> block.hash().equals(header.parentHash())).orElse(true);
    }

    private boolean readPage(BlockHeader head) {
        BlockNumber first = next();
        long limit = head.number().value() - settings.near();
        for (int slow = 0; ; ) {
            BlockNumber last = new BlockNumber(Math.min(limit, first.value() + page - 1));
            try {
                BlockHeader start = chain.header(BlockAt.number(first));
                BlockHeader end = chain.header(BlockAt.number(last));
                if (!follows(start)) {
                    rewindToCommonAncestor(head);
                    return true;
                }
                List<EventLog> logs = inOrder(chain.logs(query, first, last));
                boolean moved = !chain.header(BlockAt.number(last)).hash().equals(end.hash())
                        || logs.stream()
                                .anyMatch(log -> log.blockNumber().equals(last)
                                        && !log.blockHash().equals(end.hash()));
                if (moved) {
                    return true; // a reorg went through while we read: the page is read again
                }
                apply(List.of(new BlockLogs(first, end, logs)));
                page = Math.min(settings.largestPage(), page + Math.max(1, page / 2));
                return true;
            } catch (RpcException e) {
                slow += e.kind() == Kind.TRANSIENT ? 1 : 0;
                if (e.kind() == Kind.CORRUPT || page == 1 || slow > PATIENCE) {
                    throw e;
                }
                page = Math.max(1, page / 2);
            }
        }
    }

    private static List<EventLog> inOrder(List<EventLog> logs) {
        for (int i = 1; i < logs.size(); i++) {
            EventLog before = logs.get(i - 1);
            EventLog log = logs.get(i);
            int blocks = before.blockNumber().compareTo(log.blockNumber());
            if (blocks > 0 || (blocks == 0 && before.index() >= log.index())) {
                throw RpcException.corrupt("Logs are out of order or repeated: block=" + log.blockNumber() + " index="
                        + log.index() + " after block=" + before.blockNumber() + " index=" + before.index());
            }
            if (blocks == 0 && !before.blockHash().equals(log.blockHash())) {
                throw new RpcException(
                        Kind.TRANSIENT, "Logs of one height name two blocks: block=" + log.blockNumber());
            }
        }
        return logs;
    }

    private void apply(List<BlockLogs> runs) {
        inStep = false; // until the store remembers what the consumer has done
        runs.forEach(consumer::apply);
        List<BlockRef> blocks = runs.stream()
                .map(run -> new BlockRef(run.last().number(), run.last().hash()))
                .toList();
        store.append(settings.name(), blocks, settings.keep());
        List<BlockRef> longer = new ArrayList<>(window);
        longer.addAll(blocks);
        window = List.copyOf(longer.subList(Math.max(0, longer.size() - settings.keep()), longer.size()));
        inStep = true;
    }
}

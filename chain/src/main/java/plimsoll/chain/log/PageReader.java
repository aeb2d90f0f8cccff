package plimsoll.chain.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockNumber;

/**
 * Reads a long run of old blocks page by page, some pages ahead of the one that is taken, and hands them over in order. A
 * page that the node cannot answer is asked for again in smaller ones. For one thread; closing gives up what is under way.
 */
final class PageReader implements AutoCloseable {

    /** Smaller questions in a row when time runs out; a page may be too large for the node, or the node may be down. */
    private static final int PATIENCE = 3;

    /** @param start the first block's header; {@code end} the last one's */
    record Page(BlockHeader start, BlockHeader end, List<EventLog> logs) {}

    private record Range(BlockNumber first, BlockNumber last) {
        long blocks() {
            return last.value() - first.value() + 1;
        }
    }

    /** Empty where the chain moved while the page was read. */
    private record Pending(Range range, FutureTask<Optional<Page>> task) {}

    private final Chain chain;
    private final LogQuery query;
    private final Paging paging;
    private final PageSize size;
    private final BloomAudit audit;
    private final FollowerEvents events;

    private final Deque<Pending> pending = new ArrayDeque<>();
    private long planned;
    private long last;
    private int slow;

    PageReader(Chain chain, LogQuery query, Paging paging, BloomAudit audit, FollowerEvents events) {
        this.chain = chain;
        this.query = query;
        this.paging = paging;
        this.size = new PageSize(paging);
        this.audit = audit;
        this.events = events;
        this.last = -1;
    }

    /** Begins a run; what an earlier one had under way is given up. */
    PageReader over(BlockNumber first, long through) {
        close();
        planned = first.value();
        last = through;
        slow = 0;
        return this;
    }

    boolean hasNext() {
        return !pending.isEmpty() || planned <= last;
    }

    /** The next page; empty where the chain moved while it was read, so that the run must begin anew. */
    Optional<Page> next() {
        while (true) {
            fill();
            Pending first = pending.removeFirst();
            try {
                Optional<Page> page = result(first);
                page.ifPresent(
                        it -> size.answered(first.range().blocks(), it.logs().size()));
                slow = 0;
                return page;
            } catch (RpcException refusal) {
                askForLess(first.range(), refusal);
            }
        }
    }

    private void fill() {
        while (pending.size() < paging.ahead() && planned <= last) {
            long end = Math.min(last, planned + size.blocks() - 1);
            Range range = new Range(new BlockNumber(planned), new BlockNumber(end));
            FutureTask<Optional<Page>> task = new FutureTask<>(() -> read(range));
            if (paging.ahead() > 1) {
                Thread.ofVirtual().name("page-" + range.first()).start(task);
            }
            pending.addLast(new Pending(range, task));
            planned = end + 1;
        }
    }

    private Optional<Page> result(Pending page) {
        if (paging.ahead() == 1) {
            page.task().run(); // in the caller's thread: one exchange after the other, the same every time
        }
        try {
            return page.task().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(
                    Kind.TRANSIENT,
                    "Reading of a page was interrupted: first=" + page.range().first(),
                    e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void askForLess(Range range, RpcException refusal) {
        boolean timeout = refusal.isTransient();
        slow += timeout ? 1 : 0;
        if (!Refusal.asksForLess(refusal) || slow > PATIENCE) {
            throw refusal;
        }
        if (range.blocks() == 1) {
            throw timeout
                    ? refusal
                    : new RpcException(
                            refusal.kind(),
                            refusal.code(),
                            "Node cannot answer the logs of a single block: block=" + range.first() + " because="
                                    + refusal.getMessage(),
                            refusal.data());
        }
        long less = Refusal.suggested(refusal, range.first(), range.last()).orElse(range.blocks() / 2);
        size.refused(range.blocks(), less);
        events.pageHalved(range.first(), range.last(), less, String.valueOf(refusal.getMessage()));
        pending.forEach(page -> page.task().cancel(true));
        pending.clear();
        planned = range.first().value();
    }

    private Optional<Page> read(Range range) {
        return audit.wantsEveryHeader() ? readWithEveryHeader(range) : readWithEnds(range);
    }

    private Optional<Page> readWithEnds(Range range) {
        BlockAt first = BlockAt.number(range.first());
        BlockAt end = BlockAt.number(range.last());
        // The end is read before and after all else: where it is the same block, all else is of that block's chain.
        Optional<BlockHeader> endHeader = chain.findHeader(end);
        Optional<BlockHeader> startHeader = range.blocks() == 1 ? endHeader : chain.findHeader(first);
        if (startHeader.isEmpty() || endHeader.isEmpty()) {
            return Optional.empty();
        }
        Page page = new Page(startHeader.get(), endHeader.get(), logs(range));
        return stands(page.end())
                        && page.logs().stream().allMatch(log -> fits(log, page.start()) && fits(log, page.end()))
                ? Optional.of(page)
                : Optional.empty();
    }

    private Optional<Page> readWithEveryHeader(Range range) {
        List<BlockHeader> headers = chain.headers(range.first(), range.last());
        if (headers.size() < range.blocks() || Headers.linked(headers).size() < range.blocks()) {
            return Optional.empty();
        }
        List<EventLog> logs = logs(range);
        boolean fits = logs.stream()
                .allMatch(log -> fits(log, headers.get((int)
                        (log.blockNumber().value() - range.first().value()))));
        if (!fits || !stands(headers.getLast())) {
            return Optional.empty(); // where the end still stands, the logs are of the chain that the headers are of
        }
        audit.requirePage(headers, logs);
        return Optional.of(new Page(headers.getFirst(), headers.getLast(), logs));
    }

    private boolean stands(BlockHeader block) {
        return chain.findHeader(BlockAt.number(block.number()))
                .map(BlockHeader::hash)
                .filter(block.hash()::equals)
                .isPresent();
    }

    private List<EventLog> logs(Range range) {
        return LogOrder.required(chain.logs(query, range.first(), range.last()));
    }

    private static boolean fits(EventLog log, BlockHeader block) {
        return !log.blockNumber().equals(block.number()) || log.blockHash().equals(block.hash());
    }

    @Override
    public void close() {
        pending.forEach(page -> page.task().cancel(true));
        pending.clear();
        planned = last + 1;
    }
}

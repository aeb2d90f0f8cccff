package plimsoll.keeper.watch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import plimsoll.chain.call.Aside;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.log.BlockLogs;
import plimsoll.chain.log.BlockRef;
import plimsoll.chain.log.BlockStore;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.chain.log.FollowerSettings;
import plimsoll.chain.log.LogConsumer;
import plimsoll.chain.log.LogFollower;
import plimsoll.chain.log.MemoryBlockStore;
import plimsoll.chain.log.Subscribers;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.BookChange;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.Touch;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;

/**
 * Keeps a {@link PositionBook} true to one market. Logs say which accounts, reserves and parameters a block touched; exactly those
 * are read again, pinned to the block's hash, in one exchange with the prices. So every number comes from the contract itself,
 * none is added up from events, and after a reorg the facts that orphaned blocks had touched are read again at the new head:
 * what a fresh start would find.
 *
 * <p>One thread uses it.
 */
public final class MarketWatch {

    private static final int REORG_DEPTH = 256;

    private final Chain chain;
    private final ProtocolReader reader;
    private final InstantSource clock;
    private final PositionBook book = new PositionBook();
    private final Staleness stale;
    private final BlockStore window = new MemoryBlockStore();
    private final WatchSettings settings;
    private final FollowerEvents events;
    private LogQuery followed;
    private LogFollower follower;
    private Optional<BlockHash> applied = Optional.empty();
    private Optional<Aside<Reading>> early = Optional.empty();

    public MarketWatch(
            Chain chain, ProtocolReader reader, WatchSettings settings, InstantSource clock, FollowerEvents events) {
        this.events = events;
        this.clock = clock;
        this.settings = settings;
        this.chain = chain;
        this.reader = reader;
        stale = settings.known().map(this::goOnFrom).orElseGet(() -> new Staleness(REORG_DEPTH));
        followed = reader.logs();
        follower = follower(followed);
    }

    /**
     * Takes up the book that an earlier run left. The follower finds out whether its block is still part of the chain, as it does after
     * every block, and goes back as far as it must.
     */
    private Staleness goOnFrom(BookSnapshot known) {
        window.append(
                followerName(),
                known.recent().stream()
                        .map(block -> new BlockRef(block.number(), block.hash()))
                        .toList(),
                REORG_DEPTH);
        boolean sameNumbers = reader.assets().stream()
                .allMatch(asset -> known.reserves()
                        .getOrDefault(asset.number(), asset.address())
                        .equals(asset.address()));
        if (sameNumbers) {
            book.load(known.positions());
            return new Staleness(REORG_DEPTH, known.recent());
        }
        Staleness all = new Staleness(REORG_DEPTH);
        known.positions().forEach(position -> all.add(new Touch.Account(position.account())));
        return all;
    }

    private String followerName() {
        return "keeper " + reader.name();
    }

    public PositionBook book() {
        return book;
    }

    /** The market's tokens as last read. */
    public List<Asset> assets() {
        return reader.assets();
    }

    /** What borrowed funds cost an executor, as last read. */
    public Optional<Bps> flashFee() {
        return reader.flashFee();
    }

    /** The feeds behind the prices, by token, as far as the protocol has such. */
    public Map<Address, Address> priceSources() {
        return reader.priceSources();
    }

    /**
     * Brings the book to the chain's head; empty where nothing is new.
     *
     * @param alongside calls of the caller's that want the same block's state and no exchange of their own
     */
    public Optional<Sighting> advance(List<Call> alongside) {
        BlockHeader head = chain.head();
        Instant seenAt = clock.instant();
        MarketBlock block = new MarketBlock(head.number(), head.hash(), head.time());
        // Prices do not depend on what the block's logs touched: where one block follows the last, they are read beside
        // the logs.
        boolean isNext = applied.equals(Optional.of(head.parentHash())) && stale.isEmpty() && reader.isCheapAgain();
        Stale nothing = new Stale(false, Set.of());
        early = isNext
                ? Optional.of(Aside.start(() -> reader.read(block, nothing, book, alongside)))
                : Optional.empty();
        try {
            LogFollower.Progress progress = follower.advance(head);
            boolean isNew = !applied.equals(Optional.of(head.hash()));
            if (!progress.isCaughtUp() || (!isNew && stale.isEmpty())) {
                return Optional.empty();
            }
            Reading reading = reading(block, alongside);
            return Optional.of(apply(head, seenAt, reading));
        } finally {
            early.ifPresent(Aside::awaitEnd);
        }
    }

    private Reading reading(MarketBlock block, List<Call> alongside) {
        if (early.isEmpty()) {
            return reader.read(block, stale.toRead(book), book, alongside);
        }
        Reading before = early.get().get();
        return stale.isEmpty()
                ? before
                : reader.read(block, stale.toRead(book), book, List.of()).with(before.alongside());
    }

    /** Brings a book that has seen nothing yet to the chain's head, however often the chain changes meanwhile. */
    public Sighting catchUp() {
        Optional<Sighting> sighting = advance(List.of());
        while (sighting.isEmpty()) {
            sighting = advance(List.of());
        }
        return sighting.get();
    }

    /** Makes the next {@link #advance} look at the newest block even if it was seen. */
    public void lookAgain() {
        applied = Optional.empty();
    }

    private LogFollower follower(LogQuery logs) {
        return new LogFollower(
                chain,
                logs,
                FollowerSettings.of(followerName(), settings.firstBlock()),
                new Subscribers(window, Map.of(followerName(), consumer()), events));
    }

    private LogConsumer consumer() {
        return new LogConsumer() {
            @Override
            public void apply(BlockLogs logs) {
                early.ifPresent(Aside::awaitEnd); // the reader is for one thread
                stale.touched(logs.last().number(), reader.touches(logs.logs()));
            }

            @Override
            public void rewind(BlockNumber first) {
                stale.rewound(first);
            }
        };
    }

    private Sighting apply(BlockHeader head, Instant seenAt, Reading reading) {
        book.apply(reading.facts());
        stale.clear();
        applied = Optional.of(head.hash());
        if (!reader.logs().equals(followed)) {
            followed = reader.logs();
            follower = follower(followed);
        }
        Set<Address> read = reading.facts().stream().map(Fact::account).collect(Collectors.toSet());
        BookChange change = new BookChange(read, stale.recent(window.window(followerName())));
        return new Sighting(head, reading.market(), seenAt, change, reading.alongside());
    }
}

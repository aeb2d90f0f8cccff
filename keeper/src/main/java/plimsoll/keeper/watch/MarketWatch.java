package plimsoll.keeper.watch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import plimsoll.chain.call.BlockAt;
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
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.BookChange;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.Reserve;
import plimsoll.keeper.position.Touch;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

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
    private final InstantSource clock;
    private final MarketContracts contracts;
    private final AaveRevision revision;
    private final ParameterReader parameters;
    private final MarketReader reader;
    private final PositionBook book = new PositionBook();
    private final Staleness stale;

    private final BlockStore window = new MemoryBlockStore();
    private final WatchSettings settings;
    private final FollowerEvents events;
    private List<Reserve> reserves;
    private LogTranslator translator;
    private LogFollower follower;
    private List<AaveEModeCategory> modes = List.of();
    private Optional<BlockHash> applied = Optional.empty();

    public MarketWatch(Chain chain, WatchSettings settings, InstantSource clock, FollowerEvents events) {
        this.events = events;
        this.clock = clock;
        this.settings = settings;
        this.chain = chain;
        BlockHeader head = chain.head();
        contracts = MarketContracts.of(chain, settings.pool(), head.at());
        parameters = new ParameterReader(chain, contracts);
        revision = parameters.revision(head.at());
        reserves = parameters.reserves(head.at());
        reader = new MarketReader(chain, contracts, settings.heartbeats());
        translator = translator(reserves);
        stale = settings.known().map(this::goOnFrom).orElseGet(() -> new Staleness(REORG_DEPTH));
        follower = follower(reserves);
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
        boolean sameNumbers = reserves.stream()
                .allMatch(reserve -> known.reserves()
                        .getOrDefault(reserve.number(), reserve.asset())
                        .equals(reserve.asset()));
        if (sameNumbers) {
            book.load(known.positions());
            return new Staleness(REORG_DEPTH, known.recent());
        }
        Staleness all = new Staleness(REORG_DEPTH);
        known.positions().forEach(position -> all.add(new Touch.Account(position.account())));
        return all;
    }

    private String followerName() {
        return "keeper " + contracts.pool();
    }

    public PositionBook book() {
        return book;
    }

    /** The market's reserves as last read. */
    public List<Reserve> reserves() {
        return reserves;
    }

    /**
     * Brings the book to the chain's head; empty where nothing is new.
     *
     * @param alongside calls of the caller's that want the same block's state and no exchange of their own
     */
    public Optional<Sighting> advance(List<Call> alongside) {
        Instant seenAt = clock.instant();
        LogFollower.Progress progress = follower.advance();
        boolean isNew = !applied.equals(Optional.of(progress.head().hash()));
        if (!progress.isCaughtUp() || (!isNew && stale.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(read(progress.head(), seenAt, alongside));
    }

    private LogFollower follower(List<Reserve> watched) {
        List<Address> contractsToFollow = new ArrayList<>(
                List.of(contracts.pool(), contracts.provider(), contracts.oracle(), contracts.configurator()));
        watched.forEach(reserve -> contractsToFollow.addAll(List.of(reserve.supplyToken(), reserve.debtToken())));
        return new LogFollower(
                chain,
                LogQuery.of(contractsToFollow),
                FollowerSettings.of(followerName(), settings.firstBlock()),
                new Subscribers(window, Map.of(followerName(), consumer()), events));
    }

    private LogConsumer consumer() {
        return new LogConsumer() {
            @Override
            public void apply(BlockLogs logs) {
                stale.touched(logs.last().number(), translator.touches(logs.logs()));
            }

            @Override
            public void rewind(BlockNumber first) {
                stale.rewound(first);
            }
        };
    }

    private LogTranslator translator(List<Reserve> watched) {
        return new LogTranslator(
                contracts.pool(),
                watched.stream().collect(Collectors.toMap(Reserve::supplyToken, Reserve::asset)),
                watched.stream().collect(Collectors.toMap(Reserve::debtToken, Reserve::asset)));
    }

    private Sighting read(BlockHeader head, Instant seenAt, List<Call> alongside) {
        BlockAt at = head.at();
        if (stale.parameters()) {
            readParameters(at);
        }
        MarketBlock block = new MarketBlock(head.number(), head.hash(), head.time());
        MarketReader.Reading reading = reader.read(block, reserves, stale.toRead(book, reserves), alongside);
        List<Reserve> newer = reserves.stream()
                .map(reserve -> Optional.ofNullable(reading.indexes().get(reserve.number()))
                        .map(reserve::with)
                        .orElse(reserve))
                .toList();
        requireNotFromLater(newer, block);
        readNewModes(reading.facts(), at);
        reserves = newer;
        book.apply(reading.facts());
        stale.clear();
        applied = Optional.of(head.hash());
        MarketState market = new MarketState(
                block, revision, reserves, modes, reading.prices(), reading.sentinelAllowsLiquidation());
        Set<Address> read = reading.facts().stream().map(Fact::account).collect(Collectors.toSet());
        BookChange change = new BookChange(read, stale.recent(window.window(followerName())));
        return new Sighting(head, market, seenAt, change, reading.alongside());
    }

    /** Some nodes answer from the state of a newer block while they take it in; what they said is read again. */
    private static void requireNotFromLater(List<Reserve> reserves, MarketBlock block) {
        for (Reserve reserve : reserves) {
            if (reserve.stored().indexes().lastUpdate().isAfter(block.time())) {
                throw new RpcException(
                        RpcException.Kind.TRANSIENT,
                        "Node answered from a later block than was asked for: block=" + block.number() + " reserve="
                                + reserve.symbol());
            }
        }
    }

    private void readParameters(BlockAt at) {
        List<Reserve> newer = parameters.reserves(at);
        modes = parameters.modes(book.modes(), at);
        boolean sameTokens = newer.stream()
                .map(Reserve::supplyToken)
                .toList()
                .equals(reserves.stream().map(Reserve::supplyToken).toList());
        reserves = newer;
        if (!sameTokens) {
            translator = translator(newer);
            follower = follower(newer);
        }
    }

    /** An account may choose an efficiency mode that nobody here used before. */
    private void readNewModes(List<Fact> facts, BlockAt at) {
        Set<Integer> unknown = new HashSet<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.EfficiencyIs(Address _, int mode) && mode != 0) {
                unknown.add(mode);
            }
        }
        modes.forEach(mode -> unknown.remove(mode.id()));
        if (!unknown.isEmpty()) {
            Map<Integer, AaveEModeCategory> all = new HashMap<>();
            modes.forEach(mode -> all.put(mode.id(), mode));
            parameters.modes(unknown, at).forEach(mode -> all.put(mode.id(), mode));
            modes = List.copyOf(all.values());
        }
    }
}

package plimsoll.oracle.feed;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import plimsoll.abi.AToken;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.AddressesProvider;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.feed.FeedInfo;
import plimsoll.chain.feed.PriceFeedReader;
import plimsoll.chain.feed.Round;
import plimsoll.chain.rpc.RpcException;
import plimsoll.oracle.calibration.Book;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.ObservedFeed;
import plimsoll.oracle.calibration.ObservedRound;
import plimsoll.oracle.calibration.Origin;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.calibration.ReserveTotals;
import plimsoll.oracle.feed.BookReader.ListedReserve;
import plimsoll.oracle.feed.Reads.Read;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/** Reads an Aave v3 market at one block, from the pool's address alone. */
public final class MarketReader {

    /** Logs a page: what public nodes answer in one piece. */
    private static final int BLOCKS_PER_PAGE = 10_000;

    private final Chain chain;
    private final Address pool;
    private final ReadingSettings settings;

    public MarketReader(Chain chain, Address pool, ReadingSettings settings) {
        this.chain = chain;
        this.pool = pool;
        this.settings = settings;
    }

    public MarketState read(ChainId chainId, BlockHeader block) {
        Reads reads = new Reads(chain, block.at());
        Address provider;
        try {
            provider = reads.one(pool, AavePool.ADDRESSES_PROVIDER).address(0);
        } catch (RpcException e) {
            throw e.isTransient()
                    ? e
                    : new RpcException(RpcException.Kind.REJECTED, "Address is no Aave v3 pool: address=" + pool, e);
        }
        Address oracle = reads.one(provider, AddressesProvider.GET_PRICE_ORACLE).address(0);
        Address configurator =
                reads.one(provider, AddressesProvider.GET_POOL_CONFIGURATOR).address(0);
        List<Address> assets = reads.one(pool, AavePool.GET_RESERVES_LIST).values(0).stream()
                .map(Address.class::cast)
                .toList();
        List<Reserve> reserves = new ArrayList<>();
        List<ListedReserve> listed = new ArrayList<>();
        Optional<String> fault = Optional.empty();
        for (Address asset : assets) {
            Listing listing = listing(reads, oracle, asset);
            Optional<Price> price = price(block, oracle, asset);
            reserves.add(reserve(block, listing, price));
            if (price.isPresent()) {
                listed.add(new ListedReserve(
                        asset,
                        listing.id(),
                        listing.aToken(),
                        listing.debtToken(),
                        listing.configuration().decimals(),
                        price.get()));
            } else {
                fault = Optional.of("positions cannot be valued: the market has no price of " + listing.symbol());
            }
        }
        Book book = fault.isPresent()
                ? Book.EMPTY
                : new BookReader(chain, pool, settings.firstBlock(), BLOCKS_PER_PAGE).read(block, listed);
        return new MarketState(
                new Origin.OnChain(chainId, pool, configurator, block.number(), block.hash(), settings),
                block.time(),
                reserves,
                book,
                fault,
                Map.of(),
                Map.of());
    }

    /** The reserves with the newest round of each feed alone, for a look in passing. */
    public List<Reserve> newestRounds(BlockHeader block) {
        ReadingSettings one =
                new ReadingSettings(1, settings.firstBlock(), settings.heartbeat(), settings.heartbeats());
        return new MarketReader(chain, pool, one).reserves(block);
    }

    /** The reserves with the newest rounds of their feeds; no book, and no prices of the market's own. */
    public List<Reserve> reserves(BlockHeader block) {
        Reads reads = new Reads(chain, block.at());
        Address provider = reads.one(pool, AavePool.ADDRESSES_PROVIDER).address(0);
        Address oracle = reads.one(provider, AddressesProvider.GET_PRICE_ORACLE).address(0);
        return reads.one(pool, AavePool.GET_RESERVES_LIST).values(0).stream()
                .map(Address.class::cast)
                .map(asset -> reserve(block, listing(reads, oracle, asset), Optional.empty()))
                .toList();
    }

    /** What each reserve holds. */
    public Map<Address, ReserveTotals> totals(BlockHeader block) {
        Reads reads = new Reads(chain, block.at());
        List<Address> assets = reads.one(pool, AavePool.GET_RESERVES_LIST).values(0).stream()
                .map(Address.class::cast)
                .toList();
        List<AbiValues> data =
                reads
                        .all(assets.stream()
                                .map(asset -> Read.of(pool, AavePool.GET_RESERVE_DATA, asset))
                                .toList())
                        .stream()
                        .map(answer -> answer.values(0))
                        .toList();
        List<AbiValues> supplies = reads.all(data.stream()
                .flatMap(reserve -> Stream.of(
                        Read.of(reserve.address("aTokenAddress"), AToken.TOTAL_SUPPLY),
                        Read.of(reserve.address("variableDebtTokenAddress"), AToken.TOTAL_SUPPLY)))
                .toList());
        Map<Address, ReserveTotals> totals = new TreeMap<>();
        for (int i = 0; i < assets.size(); i++) {
            int decimals = ReserveConfiguration.ofRaw(
                            data.get(i).values("configuration").integer(0))
                    .decimals();
            totals.put(
                    assets.get(i),
                    new ReserveTotals(
                            TokenAmount.ofRaw(supplies.get(2 * i).integer(0), decimals),
                            TokenAmount.ofRaw(supplies.get(2 * i + 1).integer(0), decimals)));
        }
        return totals;
    }

    private record Listing(
            Address asset,
            String symbol,
            int id,
            Address aToken,
            Address debtToken,
            ReserveConfiguration configuration,
            Address source) {}

    private Listing listing(Reads reads, Address oracle, Address asset) {
        List<AbiValues> answers = reads.all(List.of(
                Read.of(pool, AavePool.GET_RESERVE_DATA, asset),
                Read.of(oracle, AaveOracle.GET_SOURCE_OF_ASSET, asset)));
        AbiValues data = answers.get(0).values(0);
        return new Listing(
                asset,
                symbol(reads, asset),
                data.integer("id").intValueExact(),
                data.address("aTokenAddress"),
                data.address("variableDebtTokenAddress"),
                ReserveConfiguration.ofRaw(data.values("configuration").integer(0)),
                answers.get(1).address(0));
    }

    /** A few old tokens answer a word in place of text; they go by their address. */
    private static String symbol(Reads reads, Address asset) {
        try {
            return reads.one(asset, Erc20.SYMBOL).text(0);
        } catch (RpcException e) {
            if (e.isTransient()) {
                throw e;
            }
            return asset.hex();
        }
    }

    private Optional<Price> price(BlockHeader block, Address oracle, Address asset) {
        Call question = Call.of(oracle, AaveOracle.GET_ASSET_PRICE.encode(asset));
        return switch (chain.callAll(List.of(question), block.at()).getFirst()) {
            case CallResult.Returned(String data) ->
                Optional.of(Price.ofRaw(AaveOracle.GET_ASSET_PRICE.decode(data).integer(0)))
                        .filter(price -> !price.isZero());
            case CallResult.Reverted _ -> Optional.empty();
        };
    }

    private Reserve reserve(BlockHeader block, Listing listing, Optional<Price> price) {
        ReserveConfiguration configuration = listing.configuration();
        CollateralParameters current = new CollateralParameters(
                configuration.ltv(),
                configuration.liquidationThreshold(),
                configuration.liquidationBonus(),
                configuration.supplyCapTokens(),
                configuration.borrowCapTokens());
        return new Reserve(
                listing.asset(),
                listing.symbol(),
                current,
                configuration.liquidationProtocolFee(),
                configuration.reserveFactor(),
                configuration.isBorrowingEnabled(),
                note(configuration),
                price.map(found -> new BigDecimal(found.raw(), Book.DECIMALS).doubleValue())
                        .orElse(0.0),
                feed(block, listing));
    }

    private static Optional<String> note(ReserveConfiguration configuration) {
        List<String> found = new ArrayList<>();
        if (!configuration.isActive()) {
            found.add("not active");
        }
        if (configuration.isFrozen()) {
            found.add("frozen");
        }
        if (configuration.isPaused()) {
            found.add("paused");
        }
        return found.isEmpty() ? Optional.empty() : Optional.of("reserve is " + String.join(", ", found));
    }

    private ObservedFeed feed(BlockHeader block, Listing listing) {
        PriceFeedReader reader = new PriceFeedReader(chain);
        FeedInfo info = reader.info(listing.source(), block.at());
        List<ObservedRound> rounds = reader.history(listing.source(), settings.mostRounds(), block.at()).stream()
                .map(MarketReader::observed)
                .toList();
        return new ObservedFeed(
                listing.source(), info.description(), info.decimals(), settings.heartbeatOf(listing.asset()), rounds);
    }

    private static ObservedRound observed(Round round) {
        return new ObservedRound(
                round.id().raw().toString(), round.answer().toString(), round.startedAt(), round.updatedAt());
    }
}

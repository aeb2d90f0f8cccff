package plimsoll.keeper.protocol.aave;

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
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.keeper.watch.Reading;
import plimsoll.keeper.watch.Stale;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.AaveReserve;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/** Follows an Aave v3 market; everything about it is found from its Pool. */
public final class AaveReader implements ProtocolReader {

    private final MarketContracts contracts;
    private final AaveRevision revision;
    private final ParameterReader parameters;
    private final MarketReader reader;
    private List<Reserve> reserves;
    private List<AaveEModeCategory> modes = List.of();
    private Optional<Bps> flashPremium;
    private Optional<MarketReader.Common> common = Optional.empty();

    private AaveReader(Chain chain, MarketContracts contracts, BlockHeader head, Heartbeats heartbeats) {
        this.contracts = contracts;
        parameters = new ParameterReader(chain, contracts);
        revision = parameters.revision(head.at());
        reserves = parameters.reserves(head.at());
        flashPremium = parameters.flashPremium(head.at());
        reader = new MarketReader(chain, contracts, heartbeats);
    }

    /** Finds the market; throws where the contract is no Pool, or one of a revision whose arithmetic is not known here. */
    public static AaveReader of(Chain chain, Address pool, Heartbeats heartbeats) {
        BlockHeader head = chain.head();
        return new AaveReader(chain, MarketContracts.of(chain, pool, head.at()), head, heartbeats);
    }

    /** What the Pool keeps of its reserves, as last read. */
    public List<AaveReserve> stored() {
        return reserves.stream().map(Reserve::stored).toList();
    }

    /** These efficiency modes as they are set at a block. */
    public List<AaveEModeCategory> modesOf(Set<Integer> ids, BlockAt at) {
        return parameters.modes(ids, revision, at);
    }

    @Override
    public String name() {
        return contracts.pool().toString();
    }

    @Override
    public LogQuery logs() {
        List<Address> followed = new ArrayList<>(
                List.of(contracts.pool(), contracts.provider(), contracts.oracle(), contracts.configurator()));
        reserves.forEach(reserve -> followed.addAll(List.of(reserve.supplyToken(), reserve.debtToken())));
        return LogQuery.of(followed);
    }

    @Override
    public Set<Touch> touches(List<EventLog> logs) {
        return translator().touches(logs);
    }

    @Override
    public List<Asset> assets() {
        return reserves.stream().map(Reserve::asAsset).toList();
    }

    @Override
    public boolean isProven() {
        return revision.proof() == AaveRevision.Proof.PROVEN_ON_CHAIN;
    }

    /** Without the prices, which most reads are for. */
    @Override
    public boolean isCheapAgain() {
        return true;
    }

    /** The pool itself lends. */
    @Override
    public Optional<Bps> flashFee() {
        return flashPremium;
    }

    @Override
    public List<Allowance> allowances() {
        return reserves.stream()
                .map(reserve -> new Allowance(reserve.asset(), contracts.pool()))
                .toList();
    }

    @Override
    public Reading read(MarketBlock block, Stale stale, PositionBook book, List<Call> alongside) {
        BlockAt at = BlockAt.hash(block.hash());
        if (stale.parameters()) {
            reserves = parameters.reserves(at);
            modes = parameters.modes(book.modes(), revision, at);
            flashPremium = parameters.flashPremium(at);
        }
        // What governance changes in a block may have other prices.
        Optional<MarketReader.Common> known =
                common.filter(it -> !stale.parameters() && it.block().equals(block.hash()));
        MarketReader.Reading reading = reader.read(block, reserves, stale.touches(), known, alongside);
        List<Reserve> newer = reserves.stream()
                .map(reserve -> Optional.ofNullable(reading.indexes().get(reserve.number()))
                        .map(reserve::with)
                        .orElse(reserve))
                .toList();
        requireNotFromLater(newer, block);
        readNewModes(reading.facts(), at);
        reserves = newer;
        common = Optional.of(reading.common());
        var market = new AaveState(
                contracts.pool(),
                block,
                revision,
                reserves,
                modes,
                reading.common().prices(),
                reading.common().sentinelAllowsLiquidation());
        return new Reading(reading.facts(), market, reading.alongside());
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
            parameters.modes(unknown, revision, at).forEach(mode -> all.put(mode.id(), mode));
            modes = List.copyOf(all.values());
        }
    }

    private LogTranslator translator() {
        return new LogTranslator(
                contracts.pool(),
                reserves.stream().collect(Collectors.toMap(Reserve::supplyToken, Reserve::asset)),
                reserves.stream().collect(Collectors.toMap(Reserve::debtToken, Reserve::asset)));
    }

    @Override
    public Map<Address, Address> priceSources() {
        return reserves.stream().collect(Collectors.toMap(Reserve::asset, Reserve::priceSource));
    }
}

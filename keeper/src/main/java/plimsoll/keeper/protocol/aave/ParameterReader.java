package plimsoll.keeper.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.watch.Batch;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.AaveReserve;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Ray;

/** Reads what governance sets: the reserves with their parameters, and the efficiency modes. */
final class ParameterReader {

    private static final int PRINCIPAL_BPS = 10_000;

    /** Of {@code IPool} from 3.7 on; no package ships that one yet. */
    private static final ContractFunction IS_ISOLATED =
            ContractFunction.of("getIsEModeCategoryIsolated(uint8 id)", "(bool)");

    private final Chain chain;
    private final MarketContracts contracts;

    ParameterReader(Chain chain, MarketContracts contracts) {
        this.chain = chain;
        this.contracts = contracts;
    }

    /** Another revision's arithmetic would be guessed, so a pool that we do not know is refused. */
    AaveRevision revision(BlockAt at) {
        BigInteger found = AavePool.POOL_REVISION
                .decode(chain.call(contracts.pool(), AavePool.POOL_REVISION.encode(), at))
                .integer(0);
        try {
            return AaveRevision.ofPoolRevision(found.longValueExact());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RpcException(RpcException.Kind.REJECTED, e.getMessage() + " pool=" + contracts.pool(), e);
        }
    }

    /** What the pool keeps of a flash loan; empty where it does not say. */
    Optional<Bps> flashPremium(BlockAt at) {
        var batch = new Batch();
        var premium = new AtomicReference<Optional<Bps>>(Optional.empty());
        batch.may(
                contracts.pool(),
                AavePool.FLASHLOAN_PREMIUM_TOTAL,
                answer -> premium.set(answer.map(v -> Bps.ofRaw(v.integer(0).longValueExact()))));
        batch.run(chain, at);
        return premium.get();
    }

    List<Reserve> reserves(BlockAt at) {
        AbiValues assets = AavePool.GET_RESERVES_LIST
                .decode(chain.call(contracts.pool(), AavePool.GET_RESERVES_LIST.encode(), at))
                .values(0);
        var batch = new Batch();
        Map<Address, AbiValues> data = new HashMap<>();
        Map<Address, Address> sources = new HashMap<>();
        Map<Address, Instant> grace = new HashMap<>();
        Map<Address, String> symbols = new HashMap<>();
        for (int i = 0; i < assets.size(); i++) {
            Address asset = assets.address(i);
            batch.must(contracts.pool(), AavePool.GET_RESERVE_DATA, v -> data.put(asset, v.values(0)), asset);
            batch.must(
                    contracts.oracle(), AaveOracle.GET_SOURCE_OF_ASSET, v -> sources.put(asset, v.address(0)), asset);
            batch.must(
                    contracts.pool(),
                    AavePool.GET_LIQUIDATION_GRACE_PERIOD,
                    v -> grace.put(asset, Instant.ofEpochSecond(v.integer(0).longValueExact())),
                    asset);
            // A few old tokens answer bytes32 here; their address serves as name.
            batch.may(
                    asset,
                    Erc20.SYMBOL,
                    v -> symbols.put(asset, v.map(s -> s.text(0)).orElse(asset.toString())));
        }
        batch.run(chain, at);
        Map<Integer, Reserve> byNumber = new TreeMap<>();
        data.forEach((asset, values) -> {
            Reserve reserve = reserve(asset, values, read(sources, asset), read(grace, asset), read(symbols, asset));
            byNumber.put(reserve.number(), reserve);
        });
        return List.copyOf(byNumber.values());
    }

    private static Reserve reserve(Address asset, AbiValues data, Address source, Instant grace, String symbol) {
        AaveReserve stored = new AaveReserve(
                data.integer("id").intValueExact(),
                asset,
                ReserveConfiguration.ofRaw(data.values("configuration").integer(0)),
                indexes(data),
                grace);
        return new Reserve(
                stored, symbol, data.address("aTokenAddress"), data.address("variableDebtTokenAddress"), source);
    }

    static AaveReserve.Indexes indexes(AbiValues data) {
        return new AaveReserve.Indexes(
                Ray.ofRaw(data.integer("liquidityIndex")),
                Ray.ofRaw(data.integer("variableBorrowIndex")),
                Ray.ofRaw(data.integer("currentLiquidityRate")),
                Ray.ofRaw(data.integer("currentVariableBorrowRate")),
                Instant.ofEpochSecond(data.integer("lastUpdateTimestamp").longValueExact()));
    }

    List<AaveEModeCategory> modes(Set<Integer> ids, AaveRevision revision, BlockAt at) {
        var batch = new Batch();
        Map<Integer, AbiValues> parameters = new TreeMap<>();
        Map<Integer, BigInteger> collateral = new HashMap<>();
        Map<Integer, BigInteger> ltvZero = new HashMap<>();
        Map<Integer, Boolean> isolated = new HashMap<>();
        Address pool = contracts.pool();
        for (int id : ids) {
            batch.must(pool, AavePool.GET_EMODE_CATEGORY_COLLATERAL_CONFIG, v -> parameters.put(id, v.values(0)), id);
            batch.must(pool, AavePool.GET_EMODE_CATEGORY_COLLATERAL_BITMAP, v -> collateral.put(id, v.integer(0)), id);
            if (revision.isFrom(AaveRevision.V3_6)) {
                batch.must(pool, AavePool.GET_EMODE_CATEGORY_LTVZERO_BITMAP, v -> ltvZero.put(id, v.integer(0)), id);
            }
            if (revision.isFrom(AaveRevision.V3_7)) {
                batch.must(pool, IS_ISOLATED, v -> isolated.put(id, v.bool(0)), id);
            }
        }
        batch.run(chain, at);
        List<AaveEModeCategory> modes = new ArrayList<>();
        parameters.forEach((id, values) -> modes.add(new AaveEModeCategory(
                id,
                Bps.ofRaw(values.integer("ltv").longValueExact()),
                Bps.ofRaw(values.integer("liquidationThreshold").longValueExact()),
                new Bps(Math.max(values.integer("liquidationBonus").intValueExact() - PRINCIPAL_BPS, 0)),
                read(collateral, id),
                ltvZero.getOrDefault(id, BigInteger.ZERO),
                isolated.getOrDefault(id, false))));
        return modes;
    }

    /** The reserves that a user's bitmap marks as collateral: the odd bits, two per reserve. */
    static Set<Integer> collateral(BigInteger userConfiguration) {
        Set<Integer> reserves = new HashSet<>();
        for (int reserve = 0; 2 * reserve < userConfiguration.bitLength(); reserve++) {
            if (userConfiguration.testBit(2 * reserve + 1)) {
                reserves.add(reserve);
            }
        }
        return reserves;
    }

    /** What the batch has put there; it throws before it leaves one out. */
    private static <K, V> V read(Map<K, V> answers, K key) {
        return Optional.ofNullable(answers.get(key)).orElseThrow();
    }
}

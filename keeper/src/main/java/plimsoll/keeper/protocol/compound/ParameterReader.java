package plimsoll.keeper.protocol.compound;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractCode;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.VToken;
import plimsoll.abi.VenusComptroller;
import plimsoll.abi.VenusLiquidator;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.watch.Batch;
import plimsoll.protocol.compound.CompoundMarket;
import plimsoll.protocol.compound.CompoundPool;
import plimsoll.protocol.compound.CompoundReserve;
import plimsoll.protocol.compound.CompoundReserve.Flag;
import plimsoll.protocol.compound.CompoundRevision;
import plimsoll.protocol.compound.CompoundRevision.Part;
import plimsoll.protocol.compound.ReserveTotals;
import plimsoll.protocol.compound.RiskParameters;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/** Reads what governance sets, and refuses contracts whose arithmetic is not known here. */
final class ParameterReader {

    private static final int ACTION_LIQUIDATE = 5;
    private static final Map<Integer, Flag> ACTIONS = Map.of(
            1,
            Flag.REDEEM_PAUSED,
            2,
            Flag.BORROW_PAUSED,
            3,
            Flag.REPAY_PAUSED,
            4,
            Flag.SEIZE_PAUSED,
            5,
            Flag.LIQUIDATE_PAUSED);
    private static final CompoundRevision REVISION = CompoundRevision.VENUS_CORE_10_3;

    /** Of the resilient oracle and of the reader of feeds behind it. */
    private static final ContractFunction SOURCES = ContractFunction.of(
            "getTokenConfig(address asset)",
            "((address asset, address[3] oracles, bool[3] enabled, bool cachingEnabled))");

    private static final ContractFunction FEED =
            ContractFunction.of("tokenConfigs(address asset)", "(address asset, address feed, uint256 maxStalePeriod)");

    private final Chain chain;
    private final Address comptroller;
    private final Map<Address, String> hashes = new HashMap<>();

    ParameterReader(Chain chain, Address comptroller) {
        this.chain = chain;
        this.comptroller = comptroller;
    }

    Parameters read(BlockAt at) {
        var batch = new Batch();
        Map<ContractFunction, AbiValues> found = new HashMap<>();
        for (ContractFunction function : List.of(
                VenusComptroller.ALL_MARKETS,
                VenusComptroller.ORACLE,
                VenusComptroller.COMPTROLLER_LENS,
                VenusComptroller.LIQUIDATOR_CONTRACT,
                VenusComptroller.VAI_CONTROLLER,
                VenusComptroller.CLOSE_FACTOR,
                VenusComptroller.TREASURY_PERCENT,
                VenusComptroller.PROTOCOL_PAUSED,
                VenusComptroller.LAST_POOL_ID)) {
            batch.must(comptroller, function, values -> found.put(function, values));
        }
        Map<Part, Address> parts = new HashMap<>();
        Map.of(
                        Part.LIQUIDATION_POLICY, VenusComptroller.LIQUIDATE_BORROW_ALLOWED,
                        Part.RISK_PARAMETERS, VenusComptroller.MARKETS)
                .forEach((part, function) -> batch.must(
                        comptroller,
                        VenusComptroller.FACET_ADDRESS,
                        v -> parts.put(part, v.values(0).address(0)),
                        function.selector()));
        batch.run(chain, at);
        parts.put(Part.LIQUIDITY, get(found, VenusComptroller.COMPTROLLER_LENS).address(0));
        parts.forEach((part, contract) -> refuse(unknown(part, contract, at)));
        int lastPool = get(found, VenusComptroller.LAST_POOL_ID).integer(0).intValueExact();
        Address oracle = get(found, VenusComptroller.ORACLE).address(0);
        Optional<Address> vai = named(get(found, VenusComptroller.VAI_CONTROLLER));
        Optional<Address> liquidator = named(get(found, VenusComptroller.LIQUIDATOR_CONTRACT));
        AbiValues listed = get(found, VenusComptroller.ALL_MARKETS).values(0);
        ReserveReading reading = new ReserveReading(listed, lastPool);
        Batch second = reading.batch();
        Map<ContractFunction, AbiValues> liquidators = new HashMap<>();
        liquidator.ifPresent(contract -> {
            for (ContractFunction function : List.of(
                    VenusLiquidator.TREASURY_PERCENT,
                    VenusLiquidator.FORCE_VAI_LIQUIDATE,
                    VenusLiquidator.MIN_LIQUIDATABLE_VAI)) {
                second.must(contract, function, values -> liquidators.put(function, values));
            }
        });
        Map<Address, Boolean> vaiPaused = new HashMap<>();
        vai.ifPresent(controller -> second.must(
                comptroller,
                VenusComptroller.ACTION_PAUSED,
                v -> vaiPaused.put(controller, v.bool(0)),
                controller,
                ACTION_LIQUIDATE));
        second.run(chain, at);
        List<Reserve> reserves = reading.reserves(oracle, at);
        boolean vaiFirst = liquidator.isPresent()
                && get(liquidators, VenusLiquidator.FORCE_VAI_LIQUIDATE).bool(0)
                && !vaiPaused.containsValue(true);
        CompoundMarket.Terms terms = new CompoundMarket.Terms(
                Wad.ofRaw(get(found, VenusComptroller.CLOSE_FACTOR).integer(0)),
                Wad.ofRaw(get(found, VenusComptroller.TREASURY_PERCENT).integer(0)),
                liquidator.map(contract -> new CompoundMarket.Liquidator(
                        contract,
                        Wad.ofRaw(get(liquidators, VenusLiquidator.TREASURY_PERCENT)
                                .integer(0)),
                        vaiFirst
                                ? Optional.of(Wad.ofRaw(get(liquidators, VenusLiquidator.MIN_LIQUIDATABLE_VAI)
                                        .integer(0)))
                                : Optional.empty())),
                Optional.empty(),
                get(found, VenusComptroller.PROTOCOL_PAUSED).bool(0));
        return new Parameters(comptroller, oracle, vai, terms, reserves, reading.pools());
    }

    /** Why a contract's arithmetic is not known; code never changes at an address, so that each is asked for once. */
    private Optional<String> unknown(Part part, Address contract, BlockAt at) {
        String hash = hashes.computeIfAbsent(contract, address -> ContractCode.hash(chain.code(address, at)));
        try {
            REVISION.requireKnown(part, hash, Set.of());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage() + " contract=" + contract);
        }
    }

    private static void refuse(Optional<String> unknown) {
        unknown.ifPresent(why -> {
            throw new RpcException(RpcException.Kind.REJECTED, why);
        });
    }

    private static Optional<Address> named(AbiValues values) {
        return Optional.of(values.address(0)).filter(address -> !address.equals(Address.ZERO));
    }

    private static <K, V> V get(Map<K, V> answers, K key) {
        return Optional.ofNullable(answers.get(key)).orElseThrow();
    }

    private static RiskParameters risk(AbiValues market) {
        return new RiskParameters(
                Wad.ofRaw(market.integer("collateralFactorMantissa")),
                Wad.ofRaw(market.integer("liquidationThresholdMantissa")),
                Wad.ofRaw(market.integer("liquidationIncentiveMantissa")));
    }

    /** What is asked of every reserve. */
    private final class ReserveReading {

        private final List<Address> tokens = new ArrayList<>();
        private final int lastPool;
        private final Map<Address, Address> underlyings = new HashMap<>();
        private final Map<Address, Address> implementations = new HashMap<>();
        private final Map<Address, Set<Flag>> flags = new HashMap<>();
        private final Map<Address, TotalsDraft> totals = new HashMap<>();
        private final Map<Integer, Map<Address, AbiValues>> markets = new TreeMap<>();
        private final Map<Integer, AbiValues> pools = new TreeMap<>();

        ReserveReading(AbiValues listed, int lastPool) {
            this.lastPool = lastPool;
            for (int i = 0; i < listed.size(); i++) {
                tokens.add(listed.address(i));
            }
        }

        Batch batch() {
            var batch = new Batch();
            for (int pool = 0; pool <= lastPool; pool++) {
                int number = pool;
                markets.put(pool, new HashMap<>());
                if (pool > 0) {
                    batch.must(comptroller, VenusComptroller.POOLS, v -> pools.put(number, v), pool);
                }
                tokens.forEach(token -> batch.must(
                        comptroller,
                        VenusComptroller.POOL_MARKETS,
                        v -> get(markets, number).put(token, v),
                        number,
                        token));
            }
            for (Address token : tokens) {
                Set<Flag> set = EnumSet.noneOf(Flag.class);
                flags.put(token, set);
                batch.may(token, VToken.UNDERLYING, v -> v.ifPresent(u -> underlyings.put(token, u.address(0))));
                batch.may(
                        token, VToken.IMPLEMENTATION, v -> v.ifPresent(i -> implementations.put(token, i.address(0))));
                batch.must(
                        comptroller,
                        VenusComptroller.IS_FORCED_LIQUIDATION_ENABLED,
                        v -> put(set, Flag.FORCED_LIQUIDATION, v.bool(0)),
                        token);
                ACTIONS.forEach((action, flag) -> batch.must(
                        comptroller, VenusComptroller.ACTION_PAUSED, v -> put(set, flag, v.bool(0)), token, action));
                totals.put(token, TotalsDraft.ask(batch, token));
            }
            return batch;
        }

        List<Reserve> reserves(Address oracle, BlockAt at) {
            var batch = new Batch();
            Map<Address, Integer> decimals = new HashMap<>();
            Map<Address, String> symbols = new HashMap<>();
            Map<Address, Address> sources = new HashMap<>();
            for (Address token : new HashSet<>(underlyings.values())) {
                batch.may(
                        token,
                        Erc20.DECIMALS,
                        v -> v.ifPresent(d -> decimals.put(token, d.integer(0).intValueExact())));
                batch.may(
                        token,
                        Erc20.SYMBOL,
                        v -> symbols.put(token, v.map(s -> s.text(0)).orElse(token.toString())));
                batch.may(
                        oracle,
                        SOURCES,
                        v -> v.ifPresent(c ->
                                sources.put(token, c.values(0).values("oracles").address(0))),
                        token);
            }
            batch.run(chain, at);
            Map<Address, Address> feeds = feeds(sources, at);
            List<Reserve> reserves = new ArrayList<>();
            for (Address token : tokens) {
                Address underlying = underlyings.getOrDefault(token, token);
                Optional<ReserveTotals> read = get(totals, token).totals();
                Optional<String> unknown = Optional.ofNullable(implementations.get(token))
                        .map(code -> unknown(Part.RESERVE, code, at))
                        .orElse(Optional.of("reserve is not an ordinary vToken: contract=" + token));
                if (read.isEmpty() || !decimals.containsKey(underlying)) {
                    unknown = Optional.of("reserve does not answer as a vToken does: contract=" + token);
                }
                AbiValues core = get(get(markets, 0), token);
                Set<Flag> set = get(flags, token);
                put(set, Flag.LISTED, core.bool("isListed"));
                reserves.add(new Reserve(
                        new CompoundReserve(
                                reserves.size(),
                                token,
                                underlying,
                                decimals.getOrDefault(underlying, 18),
                                risk(core),
                                read.orElseGet(TotalsDraft::none),
                                Wad.ZERO,
                                set),
                        symbols.getOrDefault(underlying, token.toString()),
                        Optional.ofNullable(feeds.get(underlying)),
                        unknown));
            }
            return reserves;
        }

        private Map<Address, Address> feeds(Map<Address, Address> sources, BlockAt at) {
            var batch = new Batch();
            Map<Address, Address> feeds = new HashMap<>();
            sources.forEach((token, source) -> batch.may(
                    source,
                    FEED,
                    v -> v.flatMap(config -> Optional.of(config.address("feed")))
                            .filter(feed -> !feed.equals(Address.ZERO))
                            .ifPresent(feed -> feeds.put(token, feed)),
                    token));
            batch.run(chain, at);
            return feeds;
        }

        List<CompoundPool> pools() {
            List<CompoundPool> all = new ArrayList<>();
            pools.forEach((number, pool) -> {
                Map<Integer, RiskParameters> listed = new TreeMap<>();
                for (int i = 0; i < tokens.size(); i++) {
                    AbiValues market = get(get(markets, number), tokens.get(i));
                    if (market.bool("isListed")) {
                        listed.put(i, risk(market));
                    }
                }
                all.add(new CompoundPool(number, pool.bool("isActive"), pool.bool("allowCorePoolFallback"), listed));
            });
            return all;
        }

        private static void put(Set<Flag> flags, Flag flag, boolean set) {
            if (set) {
                flags.add(flag);
            }
        }
    }
}

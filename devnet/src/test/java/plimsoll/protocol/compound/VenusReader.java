package plimsoll.protocol.compound;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.VToken;
import plimsoll.abi.VaiController;
import plimsoll.abi.VenusComptroller;
import plimsoll.abi.VenusLiquidator;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.devnet.Asset;
import plimsoll.devnet.venus.VenusAddresses;
import plimsoll.protocol.compound.CompoundMarket.Liquidator;
import plimsoll.protocol.compound.CompoundMarket.Terms;
import plimsoll.protocol.compound.CompoundMarket.Vai;
import plimsoll.protocol.compound.CompoundReserve.Flag;
import plimsoll.units.Address;
import plimsoll.units.Wad;

/** Reads a market off the chain by what its contracts answer, all of it in one exchange. */
final class VenusReader {

    private static final ContractFunction PRICE =
            ContractFunction.of("getUnderlyingPrice(address vToken)", "(uint256)");
    private static final int REPAY = 3;
    private static final int SEIZE = 4;
    private static final int LIQUIDATE = 5;
    private static final int REDEEM = 1;
    private static final int POOLS = 2;

    /** Reserves go by their place here. */
    private static final List<Asset> RESERVES = List.of(Asset.values());

    private final Chain chain;
    private final VenusAddresses addresses;
    private final List<Call> calls = new ArrayList<>();
    private final List<ContractFunction> functions = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private List<CallResult> answers = List.of();

    VenusReader(Chain chain, VenusAddresses addresses) {
        this.chain = chain;
        this.addresses = addresses;
    }

    /** A market with the prices of one block, by reserve id. */
    record Seen(CompoundMarket market, Map<Integer, UnderlyingPrice> prices) {}

    static int number(Asset asset) {
        return RESERVES.indexOf(asset);
    }

    Seen read(boolean throughLiquidator) {
        Address comptroller = addresses.comptroller();
        for (ContractFunction function : List.of(
                VenusComptroller.CLOSE_FACTOR, VenusComptroller.TREASURY_PERCENT, VenusComptroller.PROTOCOL_PAUSED)) {
            ask(comptroller, function);
        }
        ask(addresses.vaiController(), VaiController.VAI_MINT_INDEX);
        ask(addresses.liquidator(), VenusLiquidator.TREASURY_PERCENT);
        for (int pool = 1; pool <= POOLS; pool++) {
            ask(comptroller, VenusComptroller.POOLS, pool);
        }
        for (Asset asset : Asset.values()) {
            Address vToken = addresses.vToken(asset);
            for (ContractFunction function : List.of(
                    VToken.GET_CASH,
                    VToken.TOTAL_BORROWS,
                    VToken.TOTAL_RESERVES,
                    VToken.TOTAL_SUPPLY,
                    VToken.EXCHANGE_RATE_STORED,
                    VToken.BORROW_INDEX,
                    VToken.ACCRUAL_BLOCK_NUMBER,
                    VToken.BORROW_RATE_PER_BLOCK,
                    VToken.RESERVE_FACTOR,
                    VToken.REDUCE_RESERVES_BLOCK_NUMBER,
                    VToken.REDUCE_RESERVES_BLOCK_DELTA,
                    VToken.UNDERLYING)) {
                ask(vToken, function);
            }
            ask(addresses.oracle(), PRICE, vToken);
            ask(comptroller, VenusComptroller.IS_FORCED_LIQUIDATION_ENABLED, vToken);
            for (int pool = 0; pool <= POOLS; pool++) {
                ask(comptroller, VenusComptroller.POOL_MARKETS, pool, vToken);
            }
            for (int action : new int[] {REPAY, SEIZE, LIQUIDATE, REDEEM}) {
                ask(comptroller, VenusComptroller.ACTION_PAUSED, vToken, action);
            }
        }
        answers = chain.callAll(calls, BlockTag.LATEST);
        return new Seen(market(throughLiquidator), prices());
    }

    private CompoundMarket market(boolean throughLiquidator) {
        Address comptroller = addresses.comptroller();
        Terms terms = new Terms(
                wad(comptroller, VenusComptroller.CLOSE_FACTOR),
                wad(comptroller, VenusComptroller.TREASURY_PERCENT),
                throughLiquidator
                        ? Optional.of(new Liquidator(
                                addresses.liquidator(),
                                wad(addresses.liquidator(), VenusLiquidator.TREASURY_PERCENT),
                                Optional.empty()))
                        : Optional.empty(),
                Optional.of(new Vai(wad(addresses.vaiController(), VaiController.VAI_MINT_INDEX), Wad.ZERO, 0)),
                answer(comptroller, VenusComptroller.PROTOCOL_PAUSED).bool(0));
        List<CompoundReserve> reserves = new ArrayList<>();
        for (Asset asset : Asset.values()) {
            reserves.add(reserve(asset));
        }
        List<CompoundPool> pools = new ArrayList<>();
        for (int pool = 1; pool <= POOLS; pool++) {
            AbiValues found = answer(comptroller, VenusComptroller.POOLS, pool);
            Map<Integer, RiskParameters> listed = new TreeMap<>();
            for (Asset asset : Asset.values()) {
                AbiValues parameters =
                        answer(comptroller, VenusComptroller.POOL_MARKETS, pool, addresses.vToken(asset));
                if (parameters.bool("isListed")) {
                    listed.put(number(asset), risk(parameters));
                }
            }
            pools.add(new CompoundPool(pool, found.bool("isActive"), found.bool("allowCorePoolFallback"), listed));
        }
        return new CompoundMarket(CompoundRevision.VENUS_CORE_10_3, terms, reserves, pools);
    }

    private Map<Integer, UnderlyingPrice> prices() {
        Map<Integer, UnderlyingPrice> prices = new HashMap<>();
        for (Asset asset : Asset.values()) {
            if (answers.get(place(addresses.oracle(), PRICE, addresses.vToken(asset)))
                    instanceof CallResult.Returned(String data)) {
                prices.put(number(asset), new UnderlyingPrice(PRICE.decode(data).integer(0)));
            }
        }
        return prices;
    }

    private CompoundReserve reserve(Asset asset) {
        Address vToken = addresses.vToken(asset);
        AbiValues core = answer(addresses.comptroller(), VenusComptroller.POOL_MARKETS, 0, vToken);
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (core.bool("isListed")) {
            flags.add(Flag.LISTED);
        }
        if (answer(addresses.comptroller(), VenusComptroller.IS_FORCED_LIQUIDATION_ENABLED, vToken)
                .bool(0)) {
            flags.add(Flag.FORCED_LIQUIDATION);
        }
        Map.of(
                        REPAY, Flag.REPAY_PAUSED,
                        SEIZE, Flag.SEIZE_PAUSED,
                        LIQUIDATE, Flag.LIQUIDATE_PAUSED,
                        REDEEM, Flag.REDEEM_PAUSED)
                .forEach((action, flag) -> {
                    if (answer(addresses.comptroller(), VenusComptroller.ACTION_PAUSED, vToken, action)
                            .bool(0)) {
                        flags.add(flag);
                    }
                });
        ReserveTotals totals = new ReserveTotals(
                answer(vToken, VToken.GET_CASH).integer(0),
                answer(vToken, VToken.TOTAL_BORROWS).integer(0),
                answer(vToken, VToken.TOTAL_RESERVES).integer(0),
                answer(vToken, VToken.TOTAL_SUPPLY).integer(0),
                wad(vToken, VToken.EXCHANGE_RATE_STORED),
                wad(vToken, VToken.BORROW_INDEX),
                answer(vToken, VToken.ACCRUAL_BLOCK_NUMBER).integer(0).longValueExact(),
                wad(vToken, VToken.BORROW_RATE_PER_BLOCK),
                wad(vToken, VToken.RESERVE_FACTOR),
                Optional.of(new ReserveTotals.Reduction(
                        answer(vToken, VToken.REDUCE_RESERVES_BLOCK_NUMBER)
                                .integer(0)
                                .longValueExact(),
                        answer(vToken, VToken.REDUCE_RESERVES_BLOCK_DELTA)
                                .integer(0)
                                .longValueExact())));
        return new CompoundReserve(
                number(asset),
                vToken,
                answer(vToken, VToken.UNDERLYING).address(0),
                asset.decimals(),
                risk(core),
                totals,
                Wad.ZERO,
                flags);
    }

    private static RiskParameters risk(AbiValues parameters) {
        return new RiskParameters(
                Wad.ofRaw(parameters.integer("collateralFactorMantissa")),
                Wad.ofRaw(parameters.integer("liquidationThresholdMantissa")),
                Wad.ofRaw(parameters.integer("liquidationIncentiveMantissa")));
    }

    private Wad wad(Address contract, ContractFunction function) {
        return Wad.ofRaw(answer(contract, function).integer(0));
    }

    private void ask(Address contract, ContractFunction function, Object... arguments) {
        String data = function.encode(arguments);
        places.put(contract.hex() + data, calls.size());
        calls.add(Call.of(contract, data));
        functions.add(function);
    }

    private AbiValues answer(Address contract, ContractFunction function, Object... arguments) {
        return switch (answers.get(place(contract, function, arguments))) {
            case CallResult.Returned(String data) -> function.decode(data);
            case CallResult.Reverted reverted ->
                throw new AssertionError("Venus reverts: function=" + function + " reason=" + reverted);
        };
    }

    private int place(Address contract, ContractFunction function, Object... arguments) {
        Integer place = places.get(contract.hex() + function.encode(arguments));
        if (place == null) {
            throw new AssertionError("Not asked: function=" + function);
        }
        return place;
    }
}

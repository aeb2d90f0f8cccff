package plimsoll.keeper.protocol.comet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Comet;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.watch.Batch;
import plimsoll.protocol.comet.CometAsset;
import plimsoll.protocol.comet.CometMarket;
import plimsoll.protocol.comet.CometMarket.Pauses;
import plimsoll.protocol.comet.CometRates;
import plimsoll.protocol.comet.CometTotals;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** What governance sets: the base token, its rates, the collateral. It changes by replacing the contract behind the proxy. */
record Terms(
        Asset base,
        Address baseFeed,
        Wad storeFrontPriceFactor,
        TokenAmount targetReserves,
        CometRates supplyRates,
        CometRates borrowRates,
        List<Collateral> collateral) {

    private static final List<ContractFunction> NUMBERS = List.of(
            Comet.NUM_ASSETS,
            Comet.DECIMALS,
            Comet.STORE_FRONT_PRICE_FACTOR,
            Comet.TARGET_RESERVES,
            Comet.SUPPLY_KINK,
            Comet.SUPPLY_RATE_BASE,
            Comet.SUPPLY_RATE_SLOPE_LOW,
            Comet.SUPPLY_RATE_SLOPE_HIGH,
            Comet.BORROW_KINK,
            Comet.BORROW_RATE_BASE,
            Comet.BORROW_RATE_SLOPE_LOW,
            Comet.BORROW_RATE_SLOPE_HIGH);

    Terms {
        collateral = List.copyOf(collateral);
    }

    /** Throws where the contract does not answer as a market does. */
    static Terms read(Chain chain, Address comet, BlockAt at) {
        var batch = new Batch();
        Map<String, AbiValues> found = new TreeMap<>();
        NUMBERS.forEach(function -> batch.must(comet, function, v -> found.put(function.signature(), v)));
        List<Address> addresses = new ArrayList<>();
        batch.must(comet, Comet.BASE_TOKEN, v -> addresses.add(v.address(0)));
        batch.must(comet, Comet.BASE_TOKEN_PRICE_FEED, v -> addresses.add(v.address(0)));
        batch.run(chain, at);
        int decimals = number(found, Comet.DECIMALS).raw().intValueExact();
        int count = number(found, Comet.NUM_ASSETS).raw().intValueExact();
        try {
            return new Terms(
                    new Asset(CometState.BASE, addresses.getFirst(), symbol(chain, addresses.getFirst(), at), decimals),
                    addresses.getLast(),
                    number(found, Comet.STORE_FRONT_PRICE_FACTOR),
                    new TokenAmount(number(found, Comet.TARGET_RESERVES).raw(), decimals),
                    new CometRates(
                            number(found, Comet.SUPPLY_KINK),
                            number(found, Comet.SUPPLY_RATE_BASE),
                            number(found, Comet.SUPPLY_RATE_SLOPE_LOW),
                            number(found, Comet.SUPPLY_RATE_SLOPE_HIGH)),
                    new CometRates(
                            number(found, Comet.BORROW_KINK),
                            number(found, Comet.BORROW_RATE_BASE),
                            number(found, Comet.BORROW_RATE_SLOPE_LOW),
                            number(found, Comet.BORROW_RATE_SLOPE_HIGH)),
                    collateral(chain, comet, count, at));
        } catch (IllegalArgumentException e) {
            throw new RpcException(RpcException.Kind.REJECTED, e.getMessage() + " comet=" + comet, e);
        }
    }

    CometMarket market(CometTotals totals, Pauses pauses) {
        return new CometMarket(
                base.decimals(),
                storeFrontPriceFactor,
                targetReserves,
                supplyRates,
                borrowRates,
                totals,
                pauses,
                collateral.stream().map(Collateral::stored).toList());
    }

    private static List<Collateral> collateral(Chain chain, Address comet, int count, BlockAt at) {
        var batch = new Batch();
        List<CometAsset> assets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.must(comet, Comet.GET_ASSET_INFO, v -> assets.add(asset(v.values(0))), i);
        }
        batch.run(chain, at);
        return assets.stream()
                .map(asset -> new Collateral(asset, symbol(chain, asset.asset(), at)))
                .toList();
    }

    private static CometAsset asset(AbiValues info) {
        return new CometAsset(
                info.integer("offset").intValueExact(),
                info.address("asset"),
                info.address("priceFeed"),
                info.integer("scale").toString().length() - 1,
                new Wad(info.integer("liquidateCollateralFactor")),
                new Wad(info.integer("liquidationFactor")));
    }

    /** A few old tokens answer bytes32 here; their address serves as name. */
    private static String symbol(Chain chain, Address token, BlockAt at) {
        var batch = new Batch();
        List<String> symbols = new ArrayList<>();
        batch.may(token, Erc20.SYMBOL, v -> symbols.add(v.map(s -> s.text(0)).orElse(token.toString())));
        batch.run(chain, at);
        return symbols.getFirst();
    }

    private static Wad number(Map<String, AbiValues> found, ContractFunction function) {
        return new Wad(Optional.ofNullable(found.get(function.signature()))
                .orElseThrow()
                .integer(0));
    }
}

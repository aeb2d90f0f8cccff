package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.devnet.MarketAddresses;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.Ray;

/** Reads the market's reserves, categories and prices off the chain at one block. */
final class MarketReader {

    private final Chain chain;
    private final MarketAddresses addresses;
    private final List<Integer> categories;

    MarketReader(Chain chain, MarketAddresses addresses, List<Integer> categories) {
        this.chain = chain;
        this.addresses = addresses;
        this.categories = categories;
    }

    /** A market with the prices of one block, by reserve id. */
    record Seen(AaveMarket market, Map<Integer, Price> prices, BlockHeader block) {

        AaveValuation valuedAt(Instant now) {
            return market.valuedAt(now, prices);
        }
    }

    Seen read() {
        BlockHeader head = chain.head();
        BlockAt at = BlockAt.number(head.number());
        AaveRevision revision = AaveRevision.ofPoolRevision(
                one(AavePool.POOL_REVISION, at).integer(0).longValueExact());
        List<Address> assets = one(AavePool.GET_RESERVES_LIST, at).values(0).stream()
                .map(Address.class::cast)
                .toList();
        List<AbiValues> data = all(AavePool.GET_RESERVE_DATA, assets, at);
        List<AbiValues> grace = all(AavePool.GET_LIQUIDATION_GRACE_PERIOD, assets, at);
        List<AaveReserve> reserves = IntStream.range(0, assets.size())
                .mapToObj(i -> reserve(
                        assets.get(i), data.get(i).values(0), grace.get(i).integer(0)))
                .toList();
        List<AaveEModeCategory> eModes = new ArrayList<>();
        for (int id : categories) {
            eModes.add(category(id, at));
        }
        return new Seen(new AaveMarket(revision, reserves, eModes, true), prices(reserves, at), head);
    }

    private Map<Integer, Price> prices(List<AaveReserve> reserves, BlockAt at) {
        String answer = chain.call(
                addresses.oracle(),
                AaveOracle.GET_ASSETS_PRICES.encode(
                        reserves.stream().map(AaveReserve::asset).toList()),
                at);
        AbiValues prices = AaveOracle.GET_ASSETS_PRICES.decode(answer).values(0);
        Map<Integer, Price> byReserve = new HashMap<>();
        for (int i = 0; i < reserves.size(); i++) {
            byReserve.put(reserves.get(i).id(), Price.ofRaw(prices.integer(i)));
        }
        return byReserve;
    }

    private static AaveReserve reserve(Address asset, AbiValues data, BigInteger graceUntil) {
        AaveReserve.Indexes indexes = new AaveReserve.Indexes(
                Ray.ofRaw(data.integer("liquidityIndex")),
                Ray.ofRaw(data.integer("variableBorrowIndex")),
                Ray.ofRaw(data.integer("currentLiquidityRate")),
                Ray.ofRaw(data.integer("currentVariableBorrowRate")),
                Instant.ofEpochSecond(data.integer("lastUpdateTimestamp").longValueExact()));
        return new AaveReserve(
                data.integer("id").intValueExact(),
                asset,
                ReserveConfiguration.ofRaw(data.values("configuration").integer("data")),
                indexes,
                Instant.ofEpochSecond(graceUntil.longValueExact()));
    }

    private AaveEModeCategory category(int id, BlockAt at) {
        AbiValues config =
                one(AavePool.GET_EMODE_CATEGORY_COLLATERAL_CONFIG, at, id).values(0);
        return new AaveEModeCategory(
                id,
                Bps.ofRaw(config.integer("ltv").longValueExact()),
                Bps.ofRaw(config.integer("liquidationThreshold").longValueExact()),
                Bps.ofRaw(config.integer("liquidationBonus").longValueExact() - 10_000),
                one(AavePool.GET_EMODE_CATEGORY_COLLATERAL_BITMAP, at, id).integer(0),
                one(AavePool.GET_EMODE_CATEGORY_LTVZERO_BITMAP, at, id).integer(0));
    }

    private AbiValues one(ContractFunction function, BlockAt at, Object... arguments) {
        return function.decode(chain.call(addresses.pool(), function.encode(arguments), at));
    }

    /** One answer for each argument, in one exchange. */
    List<AbiValues> all(ContractFunction function, List<Address> arguments, BlockAt at) {
        List<Call> calls = arguments.stream()
                .map(argument -> Call.of(addresses.pool(), function.encode(argument)))
                .toList();
        return chain.callAll(calls, at).stream()
                .map(result -> switch (result) {
                    case CallResult.Returned(String data) -> function.decode(data);
                    case CallResult.Reverted reverted ->
                        throw new AssertionError("Pool reverts: function=" + function + " reason=" + reverted);
                })
                .toList();
    }
}

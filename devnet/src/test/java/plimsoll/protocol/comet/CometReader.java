package plimsoll.protocol.comet;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.Comet;
import plimsoll.abi.ContractFunction;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.protocol.comet.CometMarket.CometPrices;
import plimsoll.protocol.comet.CometMarket.Pauses;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** Reads a market and its prices off the chain at its head. */
final class CometReader {

    private final Chain chain;
    private final Address market;

    CometReader(Chain chain, Address market) {
        this.chain = chain;
        this.market = market;
    }

    record Seen(CometMarket market, CometPrices prices, BlockHeader block) {

        CometValuation asStored() {
            return market.asStored(prices);
        }

        CometValuation at(Instant now) {
            return market.accruedTo(now, prices);
        }
    }

    Seen read() {
        BlockHeader head = chain.head();
        BlockAt at = BlockAt.number(head.number());
        int decimals = one(market, Comet.DECIMALS, at).integer(0).intValueExact();
        AbiValues totals = one(market, Comet.TOTALS_BASIC, at).values(0);
        List<CometAsset> assets = new ArrayList<>();
        int count = one(market, Comet.NUM_ASSETS, at).integer(0).intValueExact();
        for (int i = 0; i < count; i++) {
            assets.add(asset(one(market, Comet.GET_ASSET_INFO, at, i).values(0)));
        }
        CometMarket read = new CometMarket(
                decimals,
                wad(Comet.STORE_FRONT_PRICE_FACTOR, at),
                new TokenAmount(one(market, Comet.TARGET_RESERVES, at).integer(0), decimals),
                new CometRates(
                        wad(Comet.SUPPLY_KINK, at),
                        wad(Comet.SUPPLY_RATE_BASE, at),
                        wad(Comet.SUPPLY_RATE_SLOPE_LOW, at),
                        wad(Comet.SUPPLY_RATE_SLOPE_HIGH, at)),
                new CometRates(
                        wad(Comet.BORROW_KINK, at),
                        wad(Comet.BORROW_RATE_BASE, at),
                        wad(Comet.BORROW_RATE_SLOPE_LOW, at),
                        wad(Comet.BORROW_RATE_SLOPE_HIGH, at)),
                new CometTotals(
                        totals.integer("baseSupplyIndex"),
                        totals.integer("baseBorrowIndex"),
                        totals.integer("totalSupplyBase"),
                        totals.integer("totalBorrowBase"),
                        Instant.ofEpochSecond(totals.integer("lastAccrualTime").longValueExact())),
                Pauses.ofFlags(totals.integer("pauseFlags").intValueExact()),
                assets);
        Map<Integer, Price> prices = new HashMap<>();
        assets.forEach(asset -> price(asset.priceFeed(), at).ifPresent(price -> prices.put(asset.offset(), price)));
        Address baseFeed = one(market, Comet.BASE_TOKEN_PRICE_FEED, at).address(0);
        return new Seen(read, new CometPrices(price(baseFeed, at), prices), head);
    }

    private static CometAsset asset(AbiValues info) {
        BigInteger scale = info.integer("scale");
        return new CometAsset(
                info.integer("offset").intValueExact(),
                info.address("asset"),
                info.address("priceFeed"),
                scale.toString().length() - 1,
                new Wad(info.integer("liquidateCollateralFactor")),
                new Wad(info.integer("liquidationFactor")));
    }

    private Optional<Price> price(Address feed, BlockAt at) {
        BigInteger answer = one(feed, Aggregator.LATEST_ROUND_DATA, at).integer("answer");
        return answer.signum() > 0 ? Optional.of(new Price(answer)) : Optional.empty();
    }

    private Wad wad(ContractFunction function, BlockAt at) {
        return new Wad(one(market, function, at).integer(0));
    }

    private AbiValues one(Address contract, ContractFunction function, BlockAt at, Object... arguments) {
        return function.decode(chain.call(contract, function.encode(arguments), at));
    }
}

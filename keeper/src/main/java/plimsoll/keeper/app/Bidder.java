package plimsoll.keeper.app;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.tx.Bid;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.watch.OfferedPrices.Offered;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;

/**
 * Bids for the place behind an update that is for sale, with the best of the liquidations that it makes possible, for the next block alone:
 * a bundle takes one transaction behind the update, and every block is judged anew. The others wait for the block that holds the price.
 */
final class Bidder {

    private final KeeperSettings settings;
    private final Foresight foresight;
    private final KeeperLog log;

    Bidder(KeeperSettings settings, Foresight foresight, KeeperLog log) {
        this.settings = settings;
        this.foresight = foresight;
        this.log = log;
    }

    /** What was bid with, by account. */
    Map<Address, StoredIntent> answer(Offered offered, Foresight.Basis basis, PositionBook book) {
        Liquidator.Foreseen foreseen = foreseen(offered);
        Optional<Foresight.Prospect> found = foresight.look(offered.answers(), foreseen, basis, book);
        if (found.isEmpty()) {
            return Map.of();
        }
        Foresight.Prospect prospect = found.get();
        log.offered(offered, prospect.unhealthy(), prospect.plans().size());
        Optional<LiquidationPlan> best = prospect.plans().stream().max(Comparator.comparing(LiquidationPlan::profit));
        Optional<Price> coin = coin(prospect.market(), basis);
        if (best.isEmpty() || coin.isEmpty()) {
            return Map.of();
        }
        return bid(offered, foreseen, best.get(), coin.get(), prospect, basis);
    }

    /** The higher of what the coin costs and what it would cost: so much it may be worth when it is paid. */
    private Optional<Price> coin(Market foreseen, Foresight.Basis basis) {
        Optional<Price> then = settings.trade().coin().flatMap(foreseen::asset).flatMap(asset -> foreseen.price(
                        asset.number())
                .counted());
        Optional<Price> now = basis.conditions().coin();
        return then.flatMap(one -> now.map(other -> one.compareTo(other) > 0 ? one : other));
    }

    private Map<Address, StoredIntent> bid(
            Offered offered,
            Liquidator.Foreseen foreseen,
            LiquidationPlan plan,
            Price coin,
            Foresight.Prospect prospect,
            Foresight.Basis basis) {
        Liquidator liquidator = prospect.liquidator();
        Optional<Gas> gas = liquidator.gasBehind(
                foreseen, plan, prospect.market(), basis.header().at());
        if (gas.isEmpty()) {
            log.noBid(offered, plan, "its trial does not succeed");
            return Map.of();
        }
        Gas most = BidSize.most(gas.get(), liquidator.gasLimit(plan, prospect.market()));
        Optional<GasPrice> tip = BidSize.tip(
                new BidSize.Worth(plan.profit(), settings.policy().minProfit(), coin),
                settings.reaction().bidShare(),
                gas.get(),
                most);
        if (tip.isEmpty()) {
            log.noBid(offered, plan, "beyond the least profit nothing is left to bid");
            return Map.of();
        }
        Bid bid = new Bid(offered.reference(), basis.header().number().plus(1), tip.get());
        if (!basis.stance().isActing()) {
            log.wouldBid(plan, bid, gas.get());
            return Map.of();
        }
        return submit(liquidator, plan, bid, most, offered, prospect);
    }

    private Map<Address, StoredIntent> submit(
            Liquidator liquidator,
            LiquidationPlan plan,
            Bid bid,
            Gas most,
            Offered offered,
            Foresight.Prospect prospect) {
        switch (liquidator.bid(bid, most, plan, prospect.market())) {
            case Submission.Accepted(StoredIntent intent) -> {
                log.bidding(plan, bid, intent);
                return Map.of(plan.opportunity().account(), intent);
            }
            case Submission.LaneBusy(long open) ->
                log.noBid(offered, plan, "other transactions of the lane are open: " + open);
            case Submission.GasTooDear dear ->
                log.noBid(offered, plan, "gas is too dear: found=" + dear.found() + " allowed=" + dear.allowed());
            case Submission.SpendCapReached cap ->
                log.noBid(offered, plan, "spend cap: found=" + cap.found() + " allowed=" + cap.allowed());
            case Submission.Known known ->
                log.noBid(
                        offered,
                        plan,
                        "a transaction for the account is open: "
                                + known.intent().reason());
            case Submission.TooLate _,
                    Submission.Simulated _ -> {} // bids have no deadline, and a dry run does not come here
        }
        return Map.of();
    }

    private static Liquidator.Foreseen foreseen(Offered offered) {
        Map<Address, BigInteger> byFeed = new HashMap<>();
        offered.answers().forEach((source, answer) -> byFeed.put(source.feed(), answer));
        return new Liquidator.Foreseen(offered.transmissions(), byFeed);
    }
}

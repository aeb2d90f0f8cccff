package plimsoll.keeper.app;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import plimsoll.chain.tx.Bid;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.journal.BidDecision;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.watch.OfferedPrices.Offered;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
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
    private volatile Consumer<BidDecision> record = _ -> {};

    Bidder(KeeperSettings settings, Foresight foresight, KeeperLog log) {
        this.settings = settings;
        this.foresight = foresight;
        this.log = log;
    }

    /** Told every decision, too, on the thread of the rounds. */
    void record(Consumer<BidDecision> listener) {
        record = listener;
    }

    /** A place that is for sale, and the best liquidation for it. */
    private record Chance(
            Offered offered,
            Liquidator.Foreseen foreseen,
            LiquidationPlan plan,
            Foresight.Prospect prospect,
            Foresight.Basis basis) {

        BlockNumber newest() {
            return basis.header().number();
        }

        Address account() {
            return plan.opportunity().account();
        }

        BidDecision decision(Optional<BidDecision.Price> price, Optional<String> reasonKey, Optional<String> why) {
            String answers = offered.answers().entrySet().stream()
                    .map(answer -> answer.getKey().feed() + "=" + answer.getValue())
                    .sorted()
                    .collect(Collectors.joining(" "));
            return new BidDecision(
                    newest(), offered.reference(), answers, account(), plan.profit(), price, reasonKey, why);
        }
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
        Map<Address, StoredIntent> sent = prospect.plans().stream()
                .max(Comparator.comparing(LiquidationPlan::profit))
                .map(plan -> bid(new Chance(offered, foreseen, plan, prospect, basis)))
                .orElse(Map.of());
        Map<Address, Assessment> instead = new HashMap<>();
        prospect.plans().stream()
                .map(plan -> plan.opportunity().account())
                .filter(account -> !sent.containsKey(account))
                .forEach(account -> instead.put(
                        account,
                        new Assessment.Deferred("one bid is made, for what leaves most; the bids say why not")));
        foresight.note("auction", offered.reference(), foreseen, prospect, instead, sent);
        return sent;
    }

    private Map<Address, StoredIntent> bid(Chance chance) {
        Optional<Price> coin = coin(chance.prospect.market(), chance.basis);
        if (coin.isEmpty()) {
            return none(chance, Optional.empty(), "the coin has no price");
        }
        Liquidator liquidator = chance.prospect.liquidator();
        Optional<Gas> gas = liquidator.gasBehind(
                chance.foreseen,
                chance.plan,
                chance.prospect.market(),
                chance.basis.header().at());
        if (gas.isEmpty()) {
            return none(chance, Optional.empty(), "its trial does not succeed");
        }
        Gas most = BidSize.most(gas.get(), liquidator.gasLimit(chance.plan, chance.prospect.market()));
        Optional<GasPrice> tip = BidSize.tip(
                new BidSize.Worth(chance.plan.profit(), settings.policy().minProfit(), coin.get()),
                settings.reaction().bidShare(),
                gas.get(),
                most);
        if (tip.isEmpty()) {
            return none(chance, Optional.empty(), "beyond the least profit nothing is left to bid");
        }
        BidDecision.Price price = new BidDecision.Price(tip.get(), gas.get());
        return chance.basis.stance().isActing()
                ? submit(chance, price, most)
                : none(chance, Optional.of(price), "dry run");
    }

    private Map<Address, StoredIntent> submit(Chance chance, BidDecision.Price price, Gas most) {
        Bid bid = new Bid(chance.offered.reference(), chance.newest().plus(1), price.tip());
        Optional<BidDecision.Price> wanted = Optional.of(price);
        return switch (chance.prospect.liquidator().bid(bid, most, chance.plan, chance.prospect.market())) {
            case Submission.Accepted(StoredIntent intent) -> {
                tell(chance.decision(wanted, Optional.of(intent.reason()), Optional.empty()));
                yield Map.of(chance.account(), intent);
            }
            case Submission.LaneBusy(long open) ->
                none(chance, wanted, "other transactions of the lane are open: " + open);
            case Submission.GasTooDear dear ->
                none(chance, wanted, "gas is too dear: found=" + dear.found() + " allowed=" + dear.allowed());
            case Submission.SpendCapReached cap ->
                none(chance, wanted, "spend cap: found=" + cap.found() + " allowed=" + cap.allowed());
            case Submission.Known known ->
                none(
                        chance,
                        wanted,
                        "a transaction for the account is open: "
                                + known.intent().reason());
            case Submission.TooLate _, Submission.Simulated _ -> none(chance, wanted, "the sender sends nothing");
        };
    }

    private Map<Address, StoredIntent> none(Chance chance, Optional<BidDecision.Price> price, String why) {
        tell(chance.decision(price, Optional.empty(), Optional.of(why)));
        return Map.of();
    }

    private void tell(BidDecision decision) {
        log.bid(decision);
        record.accept(decision);
    }

    /** The higher of what the coin costs and what it would cost: so much it may be worth when it is paid. */
    private Optional<Price> coin(Market foreseen, Foresight.Basis basis) {
        Optional<Price> then = settings.trade()
                .coin()
                .flatMap(foreseen::asset)
                .flatMap(asset -> foreseen.price(asset.number()).counted());
        Optional<Price> now = basis.conditions().coin();
        return then.flatMap(one -> now.map(other -> one.compareTo(other) > 0 ? one : other));
    }

    private static Liquidator.Foreseen foreseen(Offered offered) {
        Map<Address, BigInteger> byFeed = new HashMap<>();
        offered.answers().forEach((source, answer) -> byFeed.put(source.feed(), answer));
        return new Liquidator.Foreseen(offered.transmissions(), byFeed);
    }
}

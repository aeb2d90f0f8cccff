package plimsoll.keeper.execute;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.PriceView;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/**
 * Turns seized collateral back into the asset that was repaid, so that our funds last: all that was seized of one asset for one debt
 * asset is sold in one trade, never below the market's own price less the slippage that the operator allows.
 */
public final class Restock {

    private static final Gas GAS_LIMIT = new Gas(600_000);

    private record Trade(Address sold, Address bought) {
        String subject(String owner) {
            return owner + sold.hex() + "/" + bought.hex();
        }
    }

    private final Chain chain;
    private final String owner;
    private final TransactionSender sender;
    private final Venue venue;
    private final Policy policy;
    private final Episodes episodes;
    private final Map<Trade, TokenAmount> waiting = new LinkedHashMap<>();
    private final Map<String, Sale> sent = new HashMap<>();

    /** @param market whose seizures are sold; part of the reasons, which are unique among all markets and signers */
    public Restock(
            Chain chain, MarketId market, TransactionSender sender, Outcomes outcomes, Venue venue, Policy policy) {
        this.chain = chain;
        this.owner = "sell/" + market.key() + "/" + sender.address().hex() + "/";
        this.sender = sender;
        this.venue = venue;
        this.policy = policy;
        this.episodes = new Episodes(sender, outcomes);
    }

    /** Notes what a successful liquidation brought in. */
    public void seized(Opportunity opportunity) {
        Address sold = opportunity.collateral().asset();
        Address bought = opportunity.debt().asset();
        if (!sold.equals(bought)) {
            waiting.merge(new Trade(sold, bought), opportunity.received(), TokenAmount::plus);
        }
    }

    /** Sells what waits and can be sold at a fair price now; returns how many trades were sent. */
    public int sell(MarketState market, Map<Address, TokenAmount> held, BlockAt at) {
        BlockNumber view = market.block().number();
        settle(view);
        Map<Trade, Sale> sales = new LinkedHashMap<>();
        Map<Address, TokenAmount> left = new HashMap<>(held);
        waiting.forEach((trade, amount) -> {
            Optional<TokenAmount> have = Optional.ofNullable(left.get(trade.sold));
            if (episodes.pending(trade.subject(owner)).isEmpty() && have.isPresent()) {
                TokenAmount sold = amount.min(have.get());
                left.put(trade.sold, have.get().minus(sold));
                sale(trade, sold, market).ifPresent(sale -> sales.put(trade, sale));
            }
        });
        Map<Trade, Sale> fair = fair(sales, at);
        return send(fair, view);
    }

    private void settle(BlockNumber view) {
        for (Episodes.End end : episodes.settle(view)) {
            Sale sale = sent.remove(end.intent().reason());
            if (sale != null && !end.succeeded()) {
                waiting.merge(new Trade(sale.sold(), sale.bought()), sale.amount(), TokenAmount::plus);
            }
        }
    }

    /** Worth as much as the market's fresh prices say, less what we allow; nothing is sold at a price that we do not trust. */
    private Optional<Sale> sale(Trade trade, TokenAmount amount, MarketState market) {
        Optional<Asset> sold = market.asset(trade.sold);
        Optional<Asset> bought = market.asset(trade.bought);
        Optional<Price> soldAt = sold.flatMap(reserve -> fresh(market, reserve));
        Optional<Price> boughtAt = bought.flatMap(reserve -> fresh(market, reserve));
        if (amount.isZero() || soldAt.isEmpty() || boughtAt.isEmpty()) {
            return Optional.empty();
        }
        TokenAmount fair = amount.valueAt(soldAt.get(), RoundingMode.CEILING)
                .amountAt(boughtAt.get(), bought.get().decimals(), RoundingMode.CEILING);
        TokenAmount least = fair.minus(fair.times(policy.maxSlippage(), RoundingMode.FLOOR));
        return Optional.of(new Sale(trade.sold, trade.bought, amount, least));
    }

    private static Optional<Price> fresh(MarketState market, Asset reserve) {
        return market.price(reserve.number()) instanceof PriceView.Fresh fresh
                ? Optional.of(fresh.price())
                : Optional.empty();
    }

    private Map<Trade, Sale> fair(Map<Trade, Sale> sales, BlockAt at) {
        if (sales.isEmpty()) {
            return Map.of();
        }
        List<Call> quotes = sales.values().stream()
                .map(sale -> venue.quote(sale.sold(), sale.bought(), sale.amount()))
                .toList();
        List<CallResult> answers = chain.callAll(quotes, at);
        Map<Trade, Sale> fair = new LinkedHashMap<>();
        int i = 0;
        for (Map.Entry<Trade, Sale> entry : sales.entrySet()) {
            Sale sale = entry.getValue();
            boolean pays = answers.get(i++) instanceof CallResult.Returned(String data)
                    && !data.equals("0x")
                    && Venue.quoted(data, sale.leastProceeds().decimals()).compareTo(sale.leastProceeds()) >= 0;
            if (pays) {
                fair.put(entry.getKey(), sale);
            }
        }
        return fair;
    }

    private int send(Map<Trade, Sale> sales, BlockNumber view) {
        if (sales.isEmpty()) {
            return 0;
        }
        Map<Trade, String> subjects = new LinkedHashMap<>();
        sales.keySet().forEach(trade -> subjects.put(trade, trade.subject(owner)));
        Map<Trade, Submission> answers = episodes.submit(
                subjects,
                view,
                (trade, reason) -> new TransactionIntent(
                        reason,
                        venue.router(),
                        venue.sale(of(sales, trade), sender.address()),
                        Wei.ZERO,
                        GAS_LIMIT,
                        policy.maxGasPrice()));
        int accepted = 0;
        for (Map.Entry<Trade, Submission> answer : new ArrayList<>(answers.entrySet())) {
            if (answer.getValue() instanceof Submission.Accepted(StoredIntent intent)) {
                Sale sale = of(sales, answer.getKey());
                sent.put(intent.reason(), sale);

                waiting.remove(answer.getKey());
                accepted++;
            }
        }
        return accepted;
    }

    private static Sale of(Map<Trade, Sale> sales, Trade trade) {
        return Optional.ofNullable(sales.get(trade)).orElseThrow();
    }
}

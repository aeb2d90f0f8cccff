package plimsoll.keeper.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wei;

/** Tries liquidations without sending them, and sends the chosen ones, each once. One thread uses it. */
public final class Liquidator {

    private final Chain chain;
    private final TransactionSender sender;
    private final Optional<Venue> venue;
    private final GasPrice maxGasPrice;
    private final boolean mayPay;
    private final LiquidationCalls calls;
    private final Episodes episodes;
    private final String subjectPrefix;
    private final Map<String, Opportunity> sent = new HashMap<>();

    /**
     * @param calls how a liquidation is sent
     * @param mayPay whether the market may take our funds; where it may not, as before a first live start, trials only ask for quotes
     */
    public Liquidator(
            Chain chain,
            MarketId market,
            TransactionSender sender,
            Outcomes outcomes,
            Optional<Venue> venue,
            GasPrice maxGasPrice,
            LiquidationCalls calls,
            boolean mayPay) {
        this.calls = calls;
        this.mayPay = mayPay;
        this.chain = chain;
        this.sender = sender;
        this.venue = venue;
        this.maxGasPrice = maxGasPrice;
        this.episodes = new Episodes(sender, outcomes);
        this.subjectPrefix = market.reasonPrefix();
    }

    /** What became of a liquidation. */
    public record Done(Opportunity opportunity, StoredIntent intent, boolean succeeded) {}

    /** The liquidations that have an outcome in this view of the chain; their accounts may be looked at again. */
    public List<Done> settle(BlockNumber view) {
        List<Done> done = new ArrayList<>();
        for (Episodes.End end : episodes.settle(view)) {
            Opportunity opportunity = sent.remove(end.intent().reason());
            if (opportunity != null) {
                done.add(new Done(opportunity, end.intent(), end.succeeded()));
            }
        }
        return done;
    }

    /** What our transactions without an outcome are going to repay, by asset: it is still ours and no longer free. */
    public Map<Address, TokenAmount> committed() {
        Map<Address, TokenAmount> committed = new HashMap<>();
        sent.values()
                .forEach(opportunity ->
                        committed.merge(opportunity.debt().asset(), opportunity.repaid(), TokenAmount::plus));
        return committed;
    }

    /** The reason of the account's transaction that has no outcome yet. */
    public Optional<String> pending(Address account) {
        return episodes.pending(subject(account));
    }

    /** Tries every opportunity and asks for the price of every sale, in one exchange on the state of one block. */
    public List<Trial> tryAll(List<Opportunity> opportunities, Market market, BlockAt at) {
        List<Call> calls = new ArrayList<>();
        if (mayPay) {
            opportunities.forEach(opportunity -> calls.add(liquidation(opportunity, market)));
        }
        Optional<SaleQuotes> quotes = venue.map(open -> new SaleQuotes(open, opportunities));
        quotes.ifPresent(it -> calls.addAll(it.calls()));
        List<CallResult> results = chain.callAll(calls, at);
        int tried = mayPay ? opportunities.size() : 0;
        quotes.ifPresent(it -> it.answered(results.subList(tried, results.size())));
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < opportunities.size(); i++) {
            Opportunity opportunity = opportunities.get(i);
            trials.add(new Trial(
                    opportunity,
                    mayPay ? refusal(results.get(i)) : Optional.empty(),
                    quotes.map(it -> it.of(opportunity)).orElse(List.of())));
        }
        return trials;
    }

    /** Sends them all at once, under consecutive nonces. */
    public Map<Address, Submission> send(List<LiquidationPlan> plans, Market market) {
        Map<Address, String> subjects = new LinkedHashMap<>();
        Map<Address, Opportunity> opportunities = new LinkedHashMap<>();
        for (LiquidationPlan plan : plans) {
            Address account = plan.opportunity().account();
            subjects.put(account, subject(account));
            opportunities.put(account, plan.opportunity());
        }
        Map<Address, Submission> answers =
                episodes.submit(subjects, market.block().number(), (account, reason) -> {
                    LiquidationCall call = calls.call(of(opportunities, account), market, sender.address());
                    return new TransactionIntent(
                            reason, call.to(), call.data(), Wei.ZERO, call.gasLimit(), maxGasPrice);
                });
        answers.forEach((account, submission) -> {
            switch (submission) {
                case Submission.Accepted(StoredIntent intent) -> sent.put(intent.reason(), of(opportunities, account));
                // Sent before a restart: what it brings in is sold all the same.
                case Submission.Known(StoredIntent intent) ->
                    sent.putIfAbsent(intent.reason(), of(opportunities, account));
                case Submission.GasTooDear _,
                        Submission.SpendCapReached _,
                        Submission.TooLate _,
                        Submission.Simulated _ -> {}
            }
        });
        return answers;
    }

    private static Opportunity of(Map<Address, Opportunity> opportunities, Address account) {
        return Optional.ofNullable(opportunities.get(account)).orElseThrow();
    }

    private String subject(Address account) {
        return subjectPrefix + account.hex();
    }

    private Call liquidation(Opportunity opportunity, Market market) {
        LiquidationCall call = calls.call(opportunity, market, sender.address());
        return Call.of(call.to(), call.data()).from(sender.address()).withGas(call.gasLimit());
    }

    private static Optional<String> refusal(CallResult result) {
        return switch (result) {
            case CallResult.Returned _ -> Optional.empty();
            case CallResult.Reverted(String message, Optional<String> data) ->
                Optional.of(data.map(hex -> RevertReason.decode(hex).describe()).orElse(message));
        };
    }
}

package plimsoll.keeper.execute;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import plimsoll.abi.Aggregator;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.SimulatedCall;
import plimsoll.chain.call.Simulation;
import plimsoll.chain.call.StateOverrides;
import plimsoll.chain.tx.Bid;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.chain.tx.Urgency;
import plimsoll.keeper.liquidation.LiquidationCall;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
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
    private final Map<String, BlockNumber> bids = new HashMap<>();

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
        if (bids.values().stream().anyMatch(block -> block.compareTo(view) <= 0)) {
            sender.look(); // a bid is decided by its block, and a lost one must not keep us from answering that block
        }
        List<Done> done = new ArrayList<>();
        for (Episodes.End end : episodes.settle(view)) {
            bids.remove(end.intent().reason());
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
        sender.expect(market.block().number());
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

    /**
     * The same trials, and behind them a smaller amount of each that fell because all of it at once sells too badly; in one exchange more,
     * where there is any.
     *
     * @param smaller the amount to try besides
     */
    public List<Trial> tryParts(
            List<Trial> trials, Function<Trial, Optional<Opportunity>> smaller, Market market, BlockAt at) {
        Map<Opportunity, Trial> parts = new LinkedHashMap<>();
        if (calls.sell() && mayPay) {
            trials.forEach(trial -> smaller.apply(trial).ifPresent(part -> parts.put(part, trial)));
        }
        if (parts.isEmpty()) {
            return trials;
        }
        List<CallResult> results = chain.callAll(
                parts.keySet().stream().map(part -> liquidation(part, market)).toList(), at);
        List<Trial> all = new ArrayList<>(trials);
        int i = 0;
        for (Map.Entry<Opportunity, Trial> part : parts.entrySet()) {
            all.add(new Trial(
                    part.getKey(), refusal(results.get(i++)), part.getValue().quotes()));
        }
        return List.copyOf(all);
    }

    /**
     * Answers that feeds do not give yet.
     *
     * @param transmissions the pending transactions that bring them, as calls in their order
     * @param answers by feed
     */
    public record Foreseen(List<Call> transmissions, Map<Address, BigInteger> answers) {
        public Foreseen {
            transmissions = List.copyOf(transmissions);
            answers = Map.copyOf(answers);
        }

        /** The beginning of every trial: they are made, and the feeds are asked. */
        private List<Call> sequence() {
            List<Call> sequence = new ArrayList<>(transmissions);
            answers.keySet().forEach(feed -> sequence.add(Call.of(feed, Aggregator.LATEST_ANSWER.encode())));
            return sequence;
        }

        /** Whether all succeeded, and the feeds would say what was read out of it. */
        private boolean isConfirmedBy(List<SimulatedCall> calls) {
            if (!calls.stream().limit(transmissions.size() + answers.size()).allMatch(SimulatedCall::succeeded)) {
                return false;
            }
            int place = transmissions.size();
            for (BigInteger answer : answers.values()) {
                if (!answers(calls.get(place++), answer)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean answers(SimulatedCall call, BigInteger expected) {
            try {
                return Aggregator.LATEST_ANSWER.decode(call.data()).integer(0).equals(expected);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /**
     * Tries every opportunity directly behind pending transmissions, on the state of one block. None comes back where the node cannot
     * simulate, a transmission fails, or a feed would say something else than was read out of it.
     */
    public List<Trial> tryBehind(Foreseen foreseen, List<Opportunity> opportunities, Market market, BlockAt at) {
        List<Trial> trials = new ArrayList<>();
        // Asked for once, up to what all of them would sell: they are planned together.
        Optional<SaleQuotes> all = venue.map(open -> new SaleQuotes(open, opportunities));
        for (Opportunity opportunity : opportunities) {
            List<Call> sequence = foreseen.sequence();
            int quotesFrom = sequence.size();
            Optional<SaleQuotes> asked = all.filter(_ -> trials.isEmpty());
            asked.ifPresent(it -> sequence.addAll(it.calls()));
            int quotesTo = sequence.size();
            if (mayPay) {
                sequence.add(liquidation(opportunity, market));
            }
            if (!(chain.simulate(sequence, at, StateOverrides.none()) instanceof Simulation.Simulated(var calls))
                    || !foreseen.isConfirmedBy(calls)) {
                return List.of();
            }
            List<CallResult> results = calls.stream().map(Liquidator::result).toList();
            asked.ifPresent(it -> it.answered(results.subList(quotesFrom, quotesTo)));
            trials.add(new Trial(
                    opportunity,
                    mayPay ? refusal(results.getLast()) : Optional.empty(),
                    all.map(it -> it.of(opportunity)).orElse(List.of())));
        }
        return trials;
    }

    private static CallResult result(SimulatedCall call) {
        return call.succeeded()
                ? new CallResult.Returned(call.data())
                : new CallResult.Reverted("execution reverted", Optional.of(call.data()));
    }

    /** Sends them all at once, under consecutive nonces. */
    public Map<Address, Submission> send(List<LiquidationPlan> plans, Market market) {
        return send(plans, market, UnaryOperator.identity());
    }

    /** The same to stand behind another's pending transaction, and to be given up at the deadline. */
    public Map<Address, Submission> sendBehind(
            Forerunner forerunner, Instant deadline, List<LiquidationPlan> plans, Market market) {
        return send(plans, market, intent -> intent.withDeadline(deadline).behind(forerunner));
    }

    /** What a planned liquidation uses directly behind pending transmissions; empty where it would not succeed there. */
    public Optional<Gas> gasBehind(Foreseen foreseen, LiquidationPlan plan, Market market, BlockAt at) {
        List<Call> sequence = foreseen.sequence();
        sequence.add(liquidation(plan.opportunity(), market));
        return mayPay
                        && chain.simulate(sequence, at, StateOverrides.none())
                                instanceof Simulation.Simulated(var calls)
                        && foreseen.isConfirmedBy(calls)
                        && calls.getLast().succeeded()
                ? Optional.of(calls.getLast().gasUsed())
                : Optional.empty();
    }

    /** The most gas that the transaction of a planned liquidation may use. */
    public Gas gasLimit(LiquidationPlan plan, Market market) {
        return calls.call(plan.opportunity(), market, sender.address()).gasLimit();
    }

    /** Bids with one liquidation, which may use so much gas and no more. */
    public Submission bid(Bid bid, Gas most, LiquidationPlan plan, Market market) {
        Address account = plan.opportunity().account();
        Submission answer = Optional.ofNullable(send(
                                List.of(plan),
                                market,
                                intent -> intent.withGasLimit(most).with(bid))
                        .get(account))
                .orElseThrow();
        if (answer instanceof Submission.Accepted(StoredIntent intent)) {
            bids.put(intent.reason(), bid.block());
        }
        return answer;
    }

    private Map<Address, Submission> send(
            List<LiquidationPlan> plans, Market market, UnaryOperator<TransactionIntent> refined) {
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
                    return refined.apply(new TransactionIntent(
                                    reason, call.to(), call.data(), Wei.ZERO, call.gasLimit(), maxGasPrice)
                            .withUrgency(Urgency.URGENT));
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
                        Submission.LaneBusy _,
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

package plimsoll.keeper.app;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.keeper.execute.ExecutorSettings;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Amounts;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Circumstances;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.Judge;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Parts;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.BookChange;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.OfferedPrices;
import plimsoll.keeper.watch.PendingPrice;
import plimsoll.keeper.watch.PendingPrices;
import plimsoll.keeper.watch.Sighting;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/**
 * The keeper's loop, one round a block: see, screen, confirm, plan, try, send. Two exchanges with the node stand between seeing a block
 * and sending (the reads, the trials); everything else is arithmetic. One thread runs it.
 */
final class Engine {

    /** Enough for any liquidation: in a dry run without a wallet we decide as if we could pay. */
    private static final String UNLIMITED = "1e12";

    /** The base fee can rise by an eighth a block, and a tip comes on top. */
    private static final Bps NEXT_BLOCKS_FEE = new Bps(11_250);

    private final KeeperSettings settings;
    private final MarketWatch watch;
    private final Stances stances;
    private final Lookout lookout;
    private final Policy policy;
    private final Judge judge;
    private final KeeperLog log;
    private final Latencies latencies;
    private Optional<Stance> last = Optional.empty();
    private Optional<Stance.Hands> hands = Optional.empty();
    private Optional<Foresight.Basis> basis = Optional.empty();
    private final Rehearsal rehearsal;

    /** Accounts that were read for rounds which then failed, and for the one under way: nobody has been told that they changed. */
    private final Set<Address> untold = new HashSet<>();

    Engine(
            KeeperSettings settings,
            MarketWatch watch,
            Stances stances,
            Lookout lookout,
            KeeperLog log,
            Latencies latencies) {
        this.lookout = lookout;
        this.settings = settings;
        this.watch = watch;
        this.stances = stances;
        this.policy = settings.policy();
        this.judge = new Judge(policy);
        this.rehearsal = new Rehearsal(settings.name(), judge, stances::rehearsing, log);
        this.log = log;
        this.latencies = latencies;
    }

    /** What could be done in the last round. */
    Optional<Stance> lastStance() {
        return last;
    }

    MarketWatch watch() {
        return watch;
    }

    /** Answers what waits in the pool, on the market of the last round; what was sent, by account. */
    Map<Address, StoredIntent> react(PendingPrices pending, Foresight foresight) {
        if (lookout.isHalted()) {
            return Map.of(); // the last round's evidence may be older than the order
        }
        Map<Address, StoredIntent> sent = new HashMap<>();
        basis.ifPresent(it -> pending.follow(
                watch.priceSources(), it.header().number(), it.header().at()));
        for (PendingPrice price : pending.take()) {
            // A block may have come, or the lane have gone, since the last round: then that is answered first.
            basis.filter(it -> it.stance().equals(stances.now()) && !it.stance().isStandingBy())
                    .ifPresent(it -> sent.putAll(foresight.answer(price, it, watch.book())));
        }
        return sent;
    }

    /**
     * Rehearses on the market of the last round what was not rehearsed often enough since the start.
     *
     * @param isOver asked again and again: whether something real is due
     * @return how many liquidations were planned in play by now
     */
    int rehearse(BooleanSupplier isOver) {
        return basis.map(it -> rehearsal.goOn(it, watch.book(), isOver)).orElse(0);
    }

    /** Bids for what is for sale, on the market of the last round; what was bid with, by account. */
    Map<Address, StoredIntent> bid(OfferedPrices offered, Bidder bidder) {
        if (lookout.isHalted() || basis.isEmpty()) {
            return Map.of();
        }
        Foresight.Basis newest = basis.get();
        offered.follow(
                watch.priceSources(), newest.header().number(), newest.header().at());
        Map<Address, StoredIntent> sent = new HashMap<>();
        for (OfferedPrices.Offered offer : offered.take(newest.header().number())) {
            if (newest.stance().equals(stances.now()) && !newest.stance().isStandingBy()) {
                sent.putAll(bidder.answer(offer, newest, watch.book()));
            }
        }
        return sent;
    }

    /** One round, if there is a block that was not seen yet. */
    Optional<Round> advance() {
        Stance stance = stances.now();
        boolean takesOver =
                !stance.isStandingBy() && last.filter(Stance::isStandingBy).isPresent();
        if (takesOver) {
            watch.lookAgain(); // what this block asks for may not have been done by whoever acted before
        }
        if (takesOver || last.isEmpty()) {
            lookout.recallLosses();
        }
        hands = stance.hands();
        List<Asset> assets = watch.assets();
        List<Call> alongside = new ArrayList<>(
                hands.map(it -> it.wallet().balanceCalls(assets)).orElse(List.of()));
        int balances = alongside.size();
        alongside.addAll(
                lookout.ask(watch.priceSources(), hands.map(it -> it.wallet().address())));
        Optional<Sighting> sighting = watch.advance(alongside);
        if (sighting.isEmpty()) {
            return Optional.empty();
        }
        if (takesOver) {
            log.tookOver(settings.name(), stance, sighting.get().header().number());
        }
        last = Optional.of(stance);
        List<CallResult> answers = sighting.get().alongside();
        untold.addAll(sighting.get().change().read());
        try {
            Round round = run(sighting.get(), assets, answers.subList(balances, answers.size()), stance);
            untold.clear();
            return Optional.of(round);
        } catch (RuntimeException e) {
            watch.lookAgain(); // the book has seen this block, but nobody has acted on it
            throw e;
        }
    }

    private Round run(Sighting sighting, List<Asset> assets, List<CallResult> evidence, Stance stance) {
        Market market = sighting.market();
        settle(market);
        Conditions conditions = conditions(sighting, assets);
        List<AccountHealth> unhealthy = new ArrayList<>();
        for (AccountPosition suspect : watch.book().suspects(HealthFactor.ONE, market)) {
            AccountHealth health = AccountHealth.of(suspect, market);
            if (health.needsDecision()) {
                unhealthy.add(health);
            }
        }
        // Whoever stands by leaves the decisions to the process that acts.
        List<AccountHealth> ours = stance.isStandingBy() ? List.of() : unhealthy;
        Circumstances circumstances = lookout.circumstances(
                hands.map(it -> it.wallet().address()),
                ours.stream().map(health -> health.position().account()).toList(),
                pending(ours),
                evidence,
                sighting.header());
        Judge.Look look = judge.look(ours, _ -> market, conditions, circumstances);
        basis = Optional.of(new Foresight.Basis(market, sighting.header(), conditions, circumstances, stance));
        List<Trial> trials = tryAll(look, conditions, market, sighting.header());
        Map<Address, Assessment> decided = judge.decide(look, trials, _ -> market, conditions);
        Map<Address, Assessment> assessments = new LinkedHashMap<>(decided);
        Map<Address, StoredIntent> sent = act(assessments, sighting, stance);
        restock(market, conditions, sighting.header(), stance);
        return new Round(
                market,
                sighting.seenAt(),
                new BookChange(untold, sighting.change().recent()),
                watch.book().size(),
                unhealthy.stream()
                        .filter(health -> health.standing().isPresent())
                        .map(health -> health.position().account())
                        .toList(),
                new Scene(
                        market.block(),
                        policy,
                        conditions,
                        circumstances,
                        ours.stream()
                                .map(AccountHealth::position)
                                .map(position -> new Scene.Subject(position, market.extract(position)))
                                .toList(),
                        trials),
                decisions(ours, decided, assessments, market),
                sent);
    }

    private void settle(Market market) {
        hands.ifPresent(it -> {
            for (Liquidator.Done done : it.liquidator().settle(market.block().number())) {
                if (done.intent().state() instanceof IntentState.Withdrawn(String why)) {
                    log.outbid(done.opportunity(), done.intent(), why);
                    continue; // nothing was sent that could fail
                }
                log.concluded(done.opportunity(), done.intent(), done.succeeded());
                lookout.concluded(done);
                if (done.succeeded()) {
                    it.redemptions().ifPresent(redemptions -> redemptions.seized(done.opportunity()));
                    it.restock().ifPresent(restock -> restock.seized(done.opportunity()));
                }
            }
        });
    }

    private Conditions conditions(Sighting sighting, List<Asset> assets) {
        GasPrice gasPrice = sighting.header()
                .baseFee()
                .map(fee -> fee.times(NEXT_BLOCKS_FEE, RoundingMode.CEILING))
                .orElse(GasPrice.ZERO);
        Market market = sighting.market();
        Optional<Price> coinPrice = settings.trade()
                .coin()
                .flatMap(market::asset)
                .flatMap(asset -> market.price(asset.number()).counted());
        Map<Address, TokenAmount> funds;
        if (hands.isPresent()) {
            funds = new HashMap<>(hands.get().wallet().funds(assets, sighting.alongside()));
            hands.get()
                    .liquidator()
                    .committed()
                    .forEach((asset, amount) -> funds.computeIfPresent(asset, (_, held) -> held.minusOrZero(amount)));
        } else {
            funds = new HashMap<>();
            market.assets()
                    .forEach(asset -> funds.put(asset.address(), TokenAmount.parse(UNLIMITED, asset.decimals())));
        }
        Conditions own = new Conditions(gasPrice, coinPrice, funds);
        return settings.trade()
                .executor()
                .filter(ExecutorSettings::flash)
                .flatMap(_ -> watch.flashFee())
                .map(own::withFlashFee)
                .orElse(own);
    }

    private Map<Address, String> pending(List<AccountHealth> unhealthy) {
        Map<Address, String> pending = new HashMap<>();
        hands.ifPresent(it -> unhealthy.stream()
                .map(health -> health.position().account())
                .forEach(
                        account -> it.liquidator().pending(account).ifPresent(reason -> pending.put(account, reason))));
        return pending;
    }

    private List<Trial> tryAll(Judge.Look look, Conditions conditions, Market market, BlockHeader header) {
        List<Opportunity> opportunities = look.opportunities();
        if (opportunities.isEmpty()) {
            return List.of();
        }
        Parts parts = new Parts(Amounts.of(_ -> market, look.accounts()), conditions, policy);
        return hands.map(Stance.Hands::liquidator)
                .map(it -> it.tryParts(it.tryAll(opportunities, market, header.at()), parts::best, market, header.at()))
                .orElseGet(() -> opportunities.stream().map(Trial::untried).toList());
    }

    private Map<Address, StoredIntent> act(Map<Address, Assessment> assessments, Sighting sighting, Stance stance) {
        List<LiquidationPlan> plans = new ArrayList<>();
        assessments.values().forEach(assessment -> assessment.toSend().ifPresent(plans::add));
        Optional<Stance.Hands> live = hands.filter(_ -> stance.isActing());
        if (plans.isEmpty()) {
            return Map.of();
        }
        if (live.isEmpty()) {
            plans.forEach(log::wouldSubmit);
            return Map.of();
        }
        Map<Address, StoredIntent> sent = new HashMap<>();
        Map<Address, Submission> submissions = live.get().liquidator().send(plans, sighting.market());
        for (LiquidationPlan plan : plans) {
            Address account = plan.opportunity().account();
            Optional.ofNullable(submissions.get(account)).ifPresent(submission -> {
                Consumer<Assessment> instead = other -> assessments.put(account, other);
                switch (submission) {
                    case Submission.Accepted(StoredIntent intent) -> {
                        sent.put(account, intent);
                        lookout.sent(
                                Optional.ofNullable(assessments.get(account)).orElseThrow(), intent);
                        latencies.answers(intent.reason(), sighting.seenAt());
                        log.submitted(plan, intent);
                    }
                    case Submission.Known(StoredIntent intent) ->
                        instead.accept(new Assessment.Pending(intent.reason()));
                    case Submission.GasTooDear(GasPrice found, GasPrice allowed) ->
                        instead.accept(new Assessment.TooDear(found.toString(), allowed.toString()));
                    case Submission.SpendCapReached cap ->
                        instead.accept(new Assessment.Capped("spent=" + cap.found() + " allowed=" + cap.allowed()));
                    case Submission.TooLate _,
                            Submission.LaneBusy _,
                            Submission.Simulated _ -> {} // these intents have no deadline
                }
            });
        }
        return sent;
    }

    private void restock(Market market, Conditions conditions, BlockHeader header, Stance stance) {
        Optional<Stance.Hands> live = hands.filter(_ -> stance.isActing());
        live.flatMap(Stance.Hands::redemptions).ifPresent(redemptions -> {
            int sent = redemptions.redeem(market, header.at());
            if (sent > 0) {
                log.redeemed(sent, header.number());
            }
        });
        Map<Address, TokenAmount> held = new HashMap<>(conditions.funds());
        // What is not redeemed yet cannot be sold, and is not to be mistaken for what we hold of it besides.
        live.flatMap(Stance.Hands::redemptions)
                .ifPresent(redemptions -> redemptions.awaited().forEach(held::remove));
        live.flatMap(Stance.Hands::restock).ifPresent(restock -> {
            int trades = restock.sell(market, held, header.at());
            if (trades > 0) {
                log.sold(trades, header.number());
            }
        });
    }

    static List<Decision> decisions(
            List<AccountHealth> unhealthy,
            Map<Address, Assessment> decided,
            Map<Address, Assessment> assessments,
            Market market) {
        List<Decision> decisions = new ArrayList<>();
        for (AccountHealth health : unhealthy) {
            Address account = health.position().account();
            Optional.ofNullable(decided.get(account))
                    .ifPresent(rule -> decisions.add(new Decision(
                            market.block(),
                            account,
                            health.healthFactor(),
                            health.standing().map(Standing::collateral).orElse(BaseValue.ZERO),
                            health.standing().map(Standing::debt).orElse(BaseValue.ZERO),
                            rule,
                            assessments.getOrDefault(account, rule))));
        }
        return decisions;
    }
}

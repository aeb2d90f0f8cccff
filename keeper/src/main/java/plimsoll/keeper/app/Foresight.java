package plimsoll.keeper.app;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.journal.Foreseen;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Circumstances;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.Judge;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.watch.PendingPrice;
import plimsoll.keeper.watch.PriceSource;
import plimsoll.units.Address;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TxHash;

/**
 * Answers prices that no block holds yet: judged by the same rules on the market as it would be, tried behind their transaction, and sent
 * to relays to stand directly behind it. Where anything is missing, the block that holds the price is answered as always.
 */
final class Foresight {

    /** Trials are one exchange each here; what is beyond these waits for the block. */
    private static final int MOST_TRIALS = 16;

    private final KeeperSettings settings;
    private final Judge judge;
    private final InstantSource clock;
    private final KeeperLog log;
    private final List<Anticipation> anticipations = new ArrayList<>();

    /** The newest round, on which a hypothesis is built. */
    record Basis(
            Market market, BlockHeader header, Conditions conditions, Circumstances circumstances, Stance stance) {}

    Foresight(KeeperSettings settings, Judge judge, InstantSource clock, KeeperLog log) {
        this.settings = settings;
        this.judge = judge;
        this.clock = clock;
        this.log = log;
    }

    /** What was sent because of a pending price, by account. */
    Map<Address, StoredIntent> answer(PendingPrice pending, Basis basis, PositionBook book) {
        Liquidator.Foreseen foreseen = new Liquidator.Foreseen(
                List.of(pending.transaction().asCall()), Map.of(pending.source().feed(), pending.answer()));
        Optional<Prospect> found = look(Map.of(pending.source(), pending.answer()), foreseen, basis, book);
        if (found.isEmpty()) {
            return Map.of();
        }
        Prospect prospect = found.get();
        log.foreseen(pending, prospect.unhealthy(), prospect.plans().size());
        Map<Address, Assessment> instead = new HashMap<>();
        Map<Address, StoredIntent> sent = send(prospect, pending, basis, instead);
        note("pool", pending.transaction().hash(), foreseen, prospect, instead, sent);
        return sent;
    }

    /** For the journal. */
    void note(
            String way,
            TxHash reference,
            Liquidator.Foreseen foreseen,
            Prospect prospect,
            Map<Address, Assessment> instead,
            Map<Address, StoredIntent> sent) {
        Map<Address, Assessment> done = new LinkedHashMap<>(prospect.decided);
        prospect.decided.forEach((account, decided) -> {
            if (decided instanceof Assessment.WriteOff) {
                done.put(
                        account,
                        new Assessment.Deferred("bad debt is written off only in a block that holds the price"));
            }
        });
        done.putAll(instead);
        anticipations.add(new Anticipation(
                new Foreseen(way, reference.hex(), prices(foreseen.answers())),
                prospect.scene,
                Engine.decisions(prospect.accounts, prospect.decided, done, prospect.market),
                sent));
    }

    private static Map<Address, Price> prices(Map<Address, BigInteger> answers) {
        Map<Address, Price> prices = new HashMap<>();
        answers.forEach((feed, answer) -> prices.put(feed, Price.ofRaw(answer)));
        return prices;
    }

    /** What was decided since this was asked last. */
    List<Anticipation> taken() {
        List<Anticipation> all = List.copyOf(anticipations);
        anticipations.clear();
        return all;
    }

    /**
     * What a foreseen market comes to.
     *
     * @param scene what the decisions rest on
     * @param accounts that would be to be decided about
     * @param decided what our rules say
     */
    record Prospect(
            Market market,
            Liquidator liquidator,
            Scene scene,
            List<AccountHealth> accounts,
            Map<Address, Assessment> decided) {

        int unhealthy() {
            return accounts.size();
        }

        /** The liquidations that are legal there, pay, and meet no objection. */
        List<LiquidationPlan> plans() {
            List<LiquidationPlan> plans = new ArrayList<>();
            decided.values().forEach(assessment -> {
                if (assessment instanceof Assessment.Act(LiquidationPlan plan)) {
                    plans.add(plan);
                }
            });
            return plans;
        }
    }

    /** Empty where a price is none of this market's, where nothing may be tried, or where every account would be healthy. */
    Optional<Prospect> look(
            Map<PriceSource, BigInteger> answers, Liquidator.Foreseen foreseen, Basis basis, PositionBook book) {
        Optional<Market> hypothesis = Optional.of(basis.market);
        for (Map.Entry<PriceSource, BigInteger> answer : answers.entrySet()) {
            hypothesis = hypothesis
                    .filter(_ -> answer.getValue().signum() > 0)
                    .flatMap(it -> it.asset(answer.getKey().token())
                            .flatMap(asset -> it.withPrice(asset.number(), Price.ofRaw(answer.getValue()))));
        }
        Optional<Stance.Hands> hands = basis.stance.hands();
        if (hypothesis.isEmpty() || hands.isEmpty()) {
            return Optional.empty();
        }
        Market market = hypothesis.get();
        Liquidator liquidator = hands.get().liquidator();
        List<AccountHealth> unhealthy = book.suspects(HealthFactor.ONE, market).stream()
                .map(suspect -> AccountHealth.of(suspect, market))
                .filter(AccountHealth::needsDecision)
                .toList();
        if (unhealthy.isEmpty()) {
            return Optional.empty();
        }
        Circumstances circumstances = circumstances(basis, unhealthy, liquidator);
        Judge.Look look = judge.look(unhealthy, _ -> market, basis.conditions, circumstances);
        List<Trial> trials = liquidator.tryBehind(foreseen, first(look.opportunities()), market, basis.header.at());
        Scene scene = new Scene(
                market.block(),
                settings.policy(),
                basis.conditions,
                circumstances,
                unhealthy.stream()
                        .map(AccountHealth::position)
                        .map(position -> new Scene.Subject(position, market.extract(position)))
                        .toList(),
                trials);
        return Optional.of(new Prospect(
                market, liquidator, scene, unhealthy, judge.decide(look, trials, _ -> market, basis.conditions)));
    }

    /** As many as may be tried: of each account all or none. */
    private static List<Opportunity> first(List<Opportunity> opportunities) {
        Map<Address, List<Opportunity>> byAccount = opportunities.stream()
                .collect(Collectors.groupingBy(Opportunity::account, LinkedHashMap::new, Collectors.toList()));
        List<Opportunity> first = new ArrayList<>();
        byAccount.values().stream()
                .takeWhile(all -> first.size() + all.size() <= MOST_TRIALS)
                .forEach(first::addAll);
        return first;
    }

    /** Without relays, or without the bytes of their transaction, nothing can stand behind it and nothing is sent. */
    private Map<Address, StoredIntent> send(
            Prospect prospect, PendingPrice pending, Basis basis, Map<Address, Assessment> instead) {
        Optional<Forerunner> forerunner = pending.forerunner();
        List<LiquidationPlan> plans = prospect.plans();
        if (plans.isEmpty() || !basis.stance.isActing()) {
            return Map.of();
        }
        boolean hasRelays = settings.service().chain().relays().isPresent();
        if (!hasRelays || forerunner.isEmpty()) {
            String why = hasRelays ? "no node hands out the transaction's bytes" : "no relay is configured";
            plans.forEach(plan -> instead.put(plan.opportunity().account(), new Assessment.Deferred(why)));
            return Map.of();
        }
        Duration patience = settings.reaction().patience();
        Map<Address, StoredIntent> sent = new HashMap<>();
        Map<Address, Submission> submissions = prospect.liquidator.sendBehind(
                forerunner.get(), clock.instant().plus(patience), plans, prospect.market);
        for (LiquidationPlan plan : plans) {
            Address account = plan.opportunity().account();
            Optional.ofNullable(submissions.get(account)).ifPresent(submission -> {
                if (submission instanceof Submission.Accepted(StoredIntent intent)) {
                    sent.put(account, intent);
                    log.submitted(plan, intent);
                } else {
                    instead.put(account, new Assessment.Deferred(refusal(submission)));
                }
            });
        }
        return sent;
    }

    /** Why a lane took nothing. */
    static String refusal(Submission submission) {
        return switch (submission) {
            case Submission.LaneBusy(long open) -> "other transactions of the lane are open: " + open;
            case Submission.GasTooDear(GasPrice found, GasPrice allowed) ->
                "gas is too dear: found=" + found + " allowed=" + allowed;
            case Submission.SpendCapReached cap -> "spend cap: found=" + cap.found() + " allowed=" + cap.allowed();
            case Submission.Known(StoredIntent intent) -> "a transaction for the account is open: " + intent.reason();
            case Submission.TooLate _ -> "it is too late";
            case Submission.Accepted _, Submission.Simulated _ -> "nothing was sent";
        };
    }

    /** The evidence is the newest block's, which the guards hold against the foreseen price. */
    private static Circumstances circumstances(Basis basis, List<AccountHealth> unhealthy, Liquidator liquidator) {
        Map<Address, String> pending = new HashMap<>();
        unhealthy.stream()
                .map(health -> health.position().account())
                .forEach(account -> liquidator.pending(account).ifPresent(reason -> pending.put(account, reason)));
        return new Circumstances(
                basis.circumstances.self(),
                pending,
                basis.circumstances.evidence(),
                basis.circumstances.spentOnBadDebt());
    }
}

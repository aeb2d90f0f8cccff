package plimsoll.keeper.app;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.keeper.execute.Liquidator;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Circumstances;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.Judge;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.watch.PendingPrice;
import plimsoll.keeper.watch.PriceSource;
import plimsoll.units.Address;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;

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
        found.ifPresent(it -> log.foreseen(pending, it.unhealthy(), it.plans().size()));
        return found.map(it -> send(it.plans(), pending, it.market(), basis, it.liquidator()))
                .orElse(Map.of());
    }

    /**
     * What a foreseen market comes to.
     *
     * @param unhealthy how many accounts would be to be decided about
     * @param plans the liquidations that are legal there, pay, and meet no objection
     */
    record Prospect(Market market, Liquidator liquidator, int unhealthy, List<LiquidationPlan> plans) {
        Prospect {
            plans = List.copyOf(plans);
        }
    }

    /** Empty where a price is none of this market's, where nothing may be tried, or where every account would be healthy. */
    Optional<Prospect> look(
            Map<PriceSource, BigInteger> answers, Liquidator.Foreseen foreseen, Basis basis, PositionBook book) {
        Optional<Market> hypothesis = Optional.of(basis.market);
        for (Map.Entry<PriceSource, BigInteger> answer : answers.entrySet()) {
            hypothesis = hypothesis.filter(_ -> answer.getValue().signum() > 0).flatMap(it -> it.asset(
                            answer.getKey().token())
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
        Judge.Look look =
                judge.look(unhealthy, _ -> market, basis.conditions, circumstances(basis, unhealthy, liquidator));
        List<Trial> trials = liquidator.tryBehind(
                foreseen, look.opportunities().stream().limit(MOST_TRIALS).toList(), market, basis.header.at());
        List<LiquidationPlan> plans = new ArrayList<>();
        judge.decide(look, trials, _ -> market, basis.conditions).values().forEach(assessment -> {
            if (assessment instanceof Assessment.Act(LiquidationPlan plan)) {
                plans.add(plan);
            }
        });
        return Optional.of(new Prospect(market, liquidator, unhealthy.size(), plans));
    }

    /** Without relays, or without the bytes of their transaction, nothing can stand behind it and nothing is sent. */
    private Map<Address, StoredIntent> send(
            List<LiquidationPlan> plans, PendingPrice pending, Market market, Basis basis, Liquidator liquidator) {
        Optional<Forerunner> forerunner = pending.forerunner();
        boolean mayStandBehind =
                basis.stance.isActing() && settings.service().chain().relays().isPresent() && forerunner.isPresent();
        if (plans.isEmpty() || !mayStandBehind) {
            return Map.of();
        }
        Duration patience = settings.reaction().patience();
        Map<Address, StoredIntent> sent = new HashMap<>();
        Map<Address, Submission> submissions =
                liquidator.sendBehind(forerunner.get(), clock.instant().plus(patience), plans, market);
        for (LiquidationPlan plan : plans) {
            Address account = plan.opportunity().account();
            if (submissions.get(account) instanceof Submission.Accepted(StoredIntent intent)) {
                sent.put(account, intent);
                log.submitted(plan, intent);
            }
        }
        return sent;
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

package plimsoll.keeper.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import plimsoll.keeper.margin.Funds;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.MandateRule;
import plimsoll.keeper.margin.Past;
import plimsoll.keeper.margin.Reading;
import plimsoll.keeper.margin.Verdict;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.relief.Order;
import plimsoll.keeper.relief.Progress;
import plimsoll.keeper.relief.ReliefHand;
import plimsoll.keeper.store.MandateStore;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;

/** Lets mandates decide, records what they decided, and has it done. One thread uses it. */
final class Mandates {

    /** A transaction that no block holds by then is given up: the position it was for has changed. */
    private static final Duration ORDER_IS_VALID = Duration.ofMinutes(2);

    private final List<Mandate> mandates;
    private final MandateStore store;
    private final Function<String, Optional<Hands>> hands;
    private final MarginLog log;
    private final InstantSource clock;
    private final Map<String, BlockNumber> decideAfter = new HashMap<>();

    /** @param live false tries, decides and records, and sends nothing */
    record Hands(ReliefHand hand, boolean live) {}

    /** @param hands by market, as they are at the moment; none where we cannot act */
    Mandates(
            List<Mandate> mandates,
            MandateStore store,
            Function<String, Optional<Hands>> hands,
            MarginLog log,
            InstantSource clock) {
        this.mandates = List.copyOf(mandates);
        this.store = store;
        this.hands = hands;
        this.log = log;
        this.clock = clock;
    }

    /** Follows what is under way in the market, and decides anew on the newest look only: an older one may lack what was done since. */
    void look(MarginDesk.Look look, boolean isNewest) {
        Optional<Hands> market = hands.apply(look.market());
        market.filter(Hands::live).ifPresent(it -> follow(look.market(), it.hand));
        boolean isLater = Optional.ofNullable(decideAfter.get(look.market()))
                .map(after -> look.state().block().number().compareTo(after) > 0)
                .orElse(true);
        if (isNewest && isLater) {
            for (AccountPosition position : look.positions()) {
                for (Mandate mandate : mandates) {
                    if (mandate.scope().covers(look.market(), position.account(), position.mode())) {
                        decide(look, position, mandate, market);
                    }
                }
            }
        }
    }

    private void follow(String market, ReliefHand hand) {
        for (MandateStore.Open action : store.open(market)) {
            Progress progress = hand.follow(order(action));
            if (progress != Progress.OPEN) {
                store.conclude(action.id(), progress.word(), clock.instant());
                decideAfter.put(market, hand.head());
                log.concluded(action, progress.word());
            }
        }
    }

    private void decide(MarginDesk.Look look, AccountPosition position, Mandate mandate, Optional<Hands> market) {
        AccountHealth health = AccountHealth.of(position, look.state());
        MandateRule rule = new MandateRule(mandate, look.state(), health);
        if (!rule.isDue()) {
            return;
        }
        Reading reading = MarginDesk.reading(look, position)
                .orElseGet(() -> new Reading(
                        look.market(),
                        position.account(),
                        Optional.empty(),
                        BaseValue.ZERO,
                        BaseValue.ZERO,
                        look.state().block().number(),
                        look.state().block().time()));
        Verdict verdict = verdict(rule, mandate, reading, market);
        log.decided(mandate, reading, verdict);
        if (verdict instanceof Verdict.Act act && market.isPresent()) {
            act(mandate, reading, act, market.get().hand);
        } else {
            store.decided(mandate, reading, verdict, clock.instant());
        }
    }

    private Verdict verdict(MandateRule rule, Mandate mandate, Reading reading, Optional<Hands> market) {
        if (market.isEmpty()) {
            return new Verdict.NoRelief("keeper has no signer, or cannot act in this protocol");
        }
        ReliefHand hand = market.get().hand;
        Past past = store.past(mandate, reading, clock.instant());
        Map<Address, Funds> funds = hand.funds(mandate.source(), reading.account(), rule.assets());
        Verdict verdict = rule.decide(past, funds, market.get().live, clock.instant());
        if (verdict instanceof Verdict.Act(var relief)) {
            Order trial = new Order("trial", reading.account(), mandate.source(), relief, clock.instant());
            return hand.refusal(trial)
                    .<Verdict>map(why -> new Verdict.Refused(relief, why))
                    .orElse(verdict);
        }
        return verdict;
    }

    private void act(Mandate mandate, Reading reading, Verdict.Act act, ReliefHand hand) {
        store.act(mandate, reading, act, clock.instant(), ORDER_IS_VALID)
                .ifPresent(action -> hand.begin(order(action)));
    }

    private static Order order(MandateStore.Open action) {
        return new Order(action.key(), action.account(), action.source(), action.relief(), action.expires());
    }
}

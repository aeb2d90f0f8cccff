package plimsoll.keeper.liquidation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.TokenAmount;

/**
 * Chooses among tried opportunities: which accounts, which pair and which amount of each, so that the block as a whole leaves most, in
 * exact integers.
 *
 * <pre>
 * profit = proceeds − cost, in sum over the block; at most one liquidation for each account, none that leaves less than the least profit
 * proceeds = ⌊what the sale brings after the block's earlier sales on its route × price of debt asset⌋
 * cost = ⌈(repaid + fee of a flash loan) × price of debt asset⌉ + ⌈gas × gas price × price of coin⌉
 * </pre>
 */
public final class Planner {

    private final Policy policy;

    public Planner(Policy policy) {
        this.policy = policy;
    }

    /** One assessment for each account that has a trial, where only whole opportunities are on offer. */
    public Map<Address, Assessment> assess(List<Trial> trials, Conditions conditions) {
        return assess(trials, Amounts.wholeOnly(), conditions, BadDebt.NONE);
    }

    /** One assessment for each account that has a trial; those to be sent are in the order of sending. */
    public Map<Address, Assessment> assess(
            List<Trial> trials, Amounts amounts, Conditions conditions, BadDebt badDebt) {
        Map<Address, List<Offer>> offers = Offers.of(trials, conditions, policy, amounts);
        Map<Address, Assessment> assessments = new LinkedHashMap<>();
        Ledger ledger = Ledger.of(conditions);
        List<List<Fill>> alone = offers.values().stream()
                .map(it -> worthwhile(it, conditions))
                .filter(it -> !it.isEmpty())
                .toList();
        new Selection(alone, conditions, policy.minProfit())
                .best()
                .forEach(fill -> act(fill, amounts, ledger, assessments));
        // Where a first choice fell at its exact amounts, what it left is free for another.
        alone.stream()
                .filter(it ->
                        !assessments.containsKey(it.getFirst().offer().most().account()))
                .forEach(it -> it.forEach(lonely ->
                        ledger.fill(lonely.offer()).ifPresent(fill -> act(fill, amounts, ledger, assessments))));
        List<Fill> losses = new ArrayList<>();
        for (Trial trial : trials) {
            Address account = trial.opportunity().account();
            if (!assessments.containsKey(account)) {
                assessments.put(account, instead(trial, offers.getOrDefault(account, List.of()), ledger, conditions));
                if (badDebt.accounts().contains(account)) {
                    leastLoss(offers.getOrDefault(account, List.of()), ledger).ifPresent(losses::add);
                }
            }
        }
        writeOff(losses, badDebt, ledger, assessments);
        return assessments;
    }

    /** Whether a gas price is above what the operator allows. */
    public boolean isTooDear(Conditions conditions) {
        return conditions.gasPrice().compareTo(policy.maxGasPrice()) > 0;
    }

    /** Those that would pay if they were alone: others only make the pool worse. */
    private List<Fill> worthwhile(List<Offer> offers, Conditions conditions) {
        Ledger alone = Ledger.of(conditions);
        return offers.stream()
                .flatMap(offer -> alone.fill(offer).stream())
                .filter(this::pays)
                .toList();
    }

    private boolean pays(Fill fill) {
        return fill.tally().leaves(policy.minProfit());
    }

    private void act(Fill fill, Amounts amounts, Ledger ledger, Map<Address, Assessment> assessments) {
        Address account = fill.offer().most().account();
        exact(fill, amounts, ledger)
                .filter(it -> !assessments.containsKey(account) && it.tally().leaves(policy.minProfit()))
                .ifPresent(it -> {
                    ledger.take(it);
                    assessments.put(account, new Assessment.Act(plan(it, BaseValue.ZERO)));
                });
    }

    /** The amounts as the protocol counts them, at this place in the block. */
    private static Optional<Fill> exact(Fill fill, Amounts amounts, Ledger ledger) {
        Opportunity most = fill.offer().most();
        return (fill.isWhole() ? Optional.of(most) : amounts.covering(most, fill.repaid()))
                .map(opportunity -> ledger.again(fill, opportunity));
    }

    private static LiquidationPlan plan(Fill fill, BaseValue allowedLoss) {
        return new LiquidationPlan(
                fill.offer().most(), fill.tally().proceeds(), fill.tally().cost(), fill.funding(), allowedLoss);
    }

    /** Why nothing is done: the chain refuses, our funds or fees do not reach, or it does not pay. */
    private Assessment instead(Trial trial, List<Offer> offers, Ledger ledger, Conditions conditions) {
        if (offers.isEmpty()) {
            return trial.refusal()
                    .<Assessment>map(Assessment.Refused::new)
                    .orElseGet(() -> new Assessment.NotAllowed("nothing is left to seize"));
        }
        Ledger rich = ledger.withFundsFor(offers);
        List<Fill> possible = new ArrayList<>();
        for (Offer offer : offers) {
            Optional<Fill> fill = rich.fill(offer);
            fill.ifPresent(possible::add);
            if (fill.filter(this::pays).isPresent()) {
                TokenAmount held = ledger.held(offer);
                return ledger.canPayFeeOf(offer)
                        ? new Assessment.Unfunded(offer.most().debt().asset(), held)
                        : new Assessment.Capped(
                                "fees left=" + conditions.feesLeft().orElseThrow() + " fee="
                                        + offer.gas().coin());
            }
        }
        Tally best = Stream.concat(possible.stream(), offers.stream().flatMap(offer -> rich.whole(offer).stream()))
                .map(Fill::tally)
                .max(Comparator.naturalOrder())
                .orElseGet(
                        () -> new Tally(BaseValue.ZERO, offers.getFirst().gas().base()));
        return new Assessment.Unprofitable(best.proceeds(), best.cost().plus(policy.minProfit()));
    }

    private static Optional<Fill> leastLoss(List<Offer> offers, Ledger ledger) {
        return offers.stream().flatMap(offer -> ledger.whole(offer).stream()).max(Comparator.comparing(Fill::tally));
    }

    /** Bad debt is written off as long as the operator's budget lasts, the smallest loss first. */
    private static void writeOff(
            List<Fill> losses, BadDebt badDebt, Ledger ledger, Map<Address, Assessment> assessments) {
        BadDebtPolicy allowed = badDebt.policy();
        BaseValue left = badDebt.budgetLeft();
        losses.sort(Comparator.comparing(Fill::tally).reversed());
        for (Fill planned : losses) {
            Fill fill = ledger.whole(planned.offer()).orElse(planned);
            Address account = fill.offer().most().account();
            BaseValue loss = fill.tally().cost().minusOrZero(fill.tally().proceeds());
            if (loss.isZero()) {
                continue; // it only leaves less than the least profit
            }
            boolean isFunded = ledger.canPayFeeOf(fill.offer())
                    && ledger.held(fill.offer()).compareTo(fill.repaid()) >= 0;
            Optional<String> obstacle = allowed.isOff()
                    ? Optional.of("no budget is given for bad debt")
                    : loss.compareTo(allowed.maxLoss()) > 0
                            ? Optional.of("one may lose " + allowed.maxLoss() + " USD")
                            : loss.compareTo(left) > 0
                                    ? Optional.of("budget left=" + left + " of=" + allowed.dailyBudget() + " USD")
                                    : isFunded ? Optional.empty() : Optional.of("own funds do not reach");
            if (obstacle.isPresent()) {
                assessments.put(account, new Assessment.BadDebtLeft(loss, obstacle.get()));
            } else {
                assessments.put(account, new Assessment.WriteOff(plan(fill, allowed.maxLoss()), left));
                left = left.minus(loss);
                ledger.take(fill);
            }
        }
    }
}

package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.TokenAmount;

/**
 * Chooses among tried opportunities: for each account the one that leaves most, in exact integers; among accounts the ones that
 * leave most come first, as far as our funds reach.
 *
 * <pre>
 * profit = proceeds − cost
 * proceeds = ⌊quoted sale × price of debt asset⌋, or ⌊received × price × (1 − slippage)⌋ where no venue quoted
 * cost = ⌈repaid × price of debt asset⌉ + ⌈gas × gas price × price of coin⌉
 * </pre>
 */
public final class Planner {

    private final Policy policy;

    public Planner(Policy policy) {
        this.policy = policy;
    }

    /** One assessment for each account that has a trial. */
    public Map<Address, Assessment> assess(List<Trial> trials, Conditions conditions) {
        Map<Address, List<Trial>> byAccount = new LinkedHashMap<>();
        trials.forEach(trial -> byAccount
                .computeIfAbsent(trial.opportunity().account(), a -> new ArrayList<>())
                .add(trial));
        Map<Address, Assessment> assessments = new LinkedHashMap<>();
        List<LiquidationPlan> plans = new ArrayList<>();
        byAccount.forEach((account, tried) -> {
            Assessment best = best(tried, conditions);
            assessments.put(account, best);
            if (best instanceof Assessment.Act(LiquidationPlan plan)) {
                plans.add(plan);
            }
        });
        fund(plans, conditions, assessments);
        return assessments;
    }

    /** Whether a gas price is above what the operator allows. */
    public boolean isTooDear(Conditions conditions) {
        return conditions.gasPrice().compareTo(policy.maxGasPrice()) > 0;
    }

    private Assessment best(List<Trial> tried, Conditions conditions) {
        List<Trial> accepted =
                tried.stream().filter(trial -> trial.refusal().isEmpty()).toList();
        if (accepted.isEmpty()) {
            return new Assessment.Refused(tried.getFirst().refusal().orElseThrow());
        }
        // Largest profit, or else smallest loss: compare proceeds + the other's cost, because values are never
        // negative.
        Trial best = accepted.stream()
                .max((a, b) -> proceeds(a)
                        .plus(cost(b, conditions))
                        .compareTo(proceeds(b).plus(cost(a, conditions))))
                .orElseThrow();
        BaseValue proceeds = proceeds(best);
        BaseValue cost = cost(best, conditions);
        return proceeds.compareTo(cost.plus(policy.minProfit())) < 0
                ? new Assessment.Unprofitable(proceeds, cost.plus(policy.minProfit()))
                : new Assessment.Act(new LiquidationPlan(best.opportunity(), proceeds, cost));
    }

    private BaseValue proceeds(Trial trial) {
        Opportunity opportunity = trial.opportunity();
        Optional<TokenAmount> inDebtAsset =
                opportunity.needsNoSale() ? Optional.of(opportunity.received()) : trial.saleProceeds();
        return inDebtAsset
                .map(amount -> amount.valueAt(opportunity.debt().price(), RoundingMode.FLOOR))
                .orElseGet(() -> {
                    BaseValue value = opportunity
                            .received()
                            .valueAt(opportunity.collateral().price(), RoundingMode.FLOOR);
                    return value.minus(value.times(policy.maxSlippage(), RoundingMode.CEILING));
                });
    }

    private BaseValue cost(Trial trial, Conditions conditions) {
        Opportunity opportunity = trial.opportunity();
        return opportunity
                .repaid()
                .valueAt(opportunity.debt().price(), RoundingMode.CEILING)
                .plus(conditions.gasCost(policy));
    }

    private static void fund(List<LiquidationPlan> plans, Conditions conditions, Map<Address, Assessment> assessments) {
        Map<Address, TokenAmount> left = new HashMap<>(conditions.funds());
        plans.sort(Comparator.comparing(LiquidationPlan::profit).reversed());
        for (LiquidationPlan plan : plans) {
            Opportunity opportunity = plan.opportunity();
            Address asset = opportunity.debt().asset();
            TokenAmount repaid = opportunity.repaid();
            TokenAmount held = left.getOrDefault(asset, TokenAmount.zero(repaid.decimals()));
            if (held.compareTo(repaid) < 0) {
                assessments.put(opportunity.account(), new Assessment.Unfunded(asset, held));
            } else {
                left.put(asset, held.minus(repaid));
            }
        }
    }
}

package plimsoll.keeper.liquidation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import plimsoll.keeper.liquidation.guard.Finding;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/** What came of looking at one account that may be below the line: what is done about it, or the reason why nothing is. */
public sealed interface Assessment {

    /** The account is liquidated as planned. */
    record Act(LiquidationPlan plan) implements Assessment {}

    /**
     * It does not pay, and the operator pays for it: collateral that is worth less than the debt is taken so that the rest is written
     * off.
     *
     * @param budgetLeft what was left of the day's budget for this
     */
    record WriteOff(LiquidationPlan plan, BaseValue budgetLeft) implements Assessment {}

    /** Bad debt that stays: to have it written off would lose this much, and the operator does not pay that. */
    record BadDebtLeft(BaseValue loss, String why) implements Assessment {}

    /** The best legal liquidation brings in less than it costs, the least profit included. */
    record Unprofitable(BaseValue proceeds, BaseValue cost) implements Assessment {}

    /** An asset of the account has no price that we trust: we do not guess. */
    record Blind(Address asset, String why) implements Assessment {}

    /** What the chain says is not certain: in doubt nothing is sent. */
    record InDoubt(String why) implements Assessment {}

    /** It would be done, and is left to the block in which it is due. */
    record Deferred(String why) implements Assessment {}

    /** Our own funds do not reach for the smallest legal liquidation. */
    record Unfunded(Address asset, TokenAmount held) implements Assessment {}

    /** An earlier transaction for this account has no outcome yet; a second one could liquidate twice. */
    record Pending(String reasonKey) implements Assessment {}

    /** The protocol allows no liquidation although the health factor is below 1: a paused reserve, a grace period. */
    record NotAllowed(String rule) implements Assessment {}

    /** The chain refused the trial run. */
    record Refused(String revertReason) implements Assessment {}

    /** Gas costs more than we agreed to pay. */
    record TooDear(String gasPrice, String allowed) implements Assessment {}

    /** Legal, but something speaks against it. */
    record Held(List<Finding> findings) implements Assessment {
        public Held {
            findings = List.copyOf(findings);
        }
    }

    /** The operator's limit on spending is reached. */
    record Capped(String limit) implements Assessment {}

    /** The fast screen was wrong to flag it: exactly computed it is at or above the line. */
    record Healthy(HealthFactor healthFactor) implements Assessment {}

    /** What is to be sent, where anything is. */
    default Optional<LiquidationPlan> toSend() {
        return switch (this) {
            case Act(LiquidationPlan plan) -> Optional.of(plan);
            case WriteOff(LiquidationPlan plan, BaseValue _) -> Optional.of(plan);
            case Unprofitable _,
                    BadDebtLeft _,
                    Blind _,
                    InDoubt _,
                    Deferred _,
                    Unfunded _,
                    Pending _,
                    NotAllowed _,
                    Refused _,
                    TooDear _,
                    Held _,
                    Capped _,
                    Healthy _ -> Optional.empty();
        };
    }

    /** One word for scripts and tables. */
    default String action() {
        return switch (this) {
            case Act a -> "liquidate";
            case WriteOff w -> "write-off";
            case BadDebtLeft b -> "bad-debt";
            case Unprofitable u -> "unprofitable";
            case Blind b -> "blind";
            case InDoubt d -> "in-doubt";
            case Deferred d -> "deferred";
            case Unfunded u -> "unfunded";
            case Pending p -> "pending";
            case NotAllowed n -> "not-allowed";
            case Refused r -> "refused";
            case TooDear t -> "too-dear";
            case Held h -> "held";
            case Capped c -> "capped";
            case Healthy h -> "healthy";
        };
    }

    /** One sentence for people, with the numbers that decided. */
    default String reason() {
        return switch (this) {
            case Act a -> a.plan().summary();
            case Unprofitable u ->
                "Proceeds do not cover the cost: proceeds=" + u.proceeds + " USD cost=" + u.cost + " USD";
            case WriteOff w ->
                w.plan.summary() + ": bad debt is written off within the budget: left=" + w.budgetLeft + " USD";
            case BadDebtLeft b -> "Bad debt that does not pay is left: loss=" + b.loss + " USD, " + b.why;
            case Blind b -> "No trusted price: asset=" + b.asset + " " + b.why;
            case InDoubt d -> "In doubt nothing is sent: " + d.why;
            case Deferred d -> "Left to the block in which it is due: " + d.why;
            case Unfunded u -> "Own funds do not reach: asset=" + u.asset + " held=" + u.held;
            case Pending p -> "A transaction for this account has no outcome yet: intent=" + p.reasonKey;
            case NotAllowed n -> "The protocol allows no liquidation: " + n.rule;
            case Refused r -> "The chain refused the trial run: " + r.revertReason;
            case TooDear t -> "Gas is above our limit: price=" + t.gasPrice + " allowed=" + t.allowed;
            case Held h -> h.findings.stream().map(Finding::reason).collect(Collectors.joining("; "));
            case Capped c -> "Our limit on spending is reached: " + c.limit;
            case Healthy h -> "Exactly computed it is not below the line: healthFactor=" + h.healthFactor;
        };
    }
}

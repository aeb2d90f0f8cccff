package plimsoll.keeper.liquidation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.units.Address;

/**
 * Decides about a block's unhealthy accounts, in two steps with the chain's answers between them. Everything that a decision rests on is
 * given: the keeper at work and the replay of its journal run this same code.
 */
public final class Judge {

    private final Policy policy;
    private final Planner planner;

    public Judge(Policy policy) {
        this.policy = policy;
        this.planner = new Planner(policy);
    }

    /**
     * What is decided without asking the chain, and what is left to try.
     *
     * @param decided in the accounts' order
     * @param accounts all that were looked at
     */
    public record Look(
            Map<Address, Assessment> decided, List<Opportunity> opportunities, List<AccountHealth> accounts) {}

    /** The first step. */
    public Look look(
            List<AccountHealth> unhealthy,
            Function<Address, Market> markets,
            Conditions conditions,
            Circumstances circumstances) {
        Map<Address, Assessment> decided = new LinkedHashMap<>();
        List<Opportunity> opportunities = new ArrayList<>();
        for (AccountHealth health : unhealthy) {
            Address account = health.position().account();
            Optional<Assessment> obstacle = obstacle(health, conditions, circumstances);
            if (obstacle.isEmpty()) {
                Opportunities found = Opportunities.of(health, markets.apply(account), conditions);
                opportunities.addAll(found.legal());
                obstacle = found.obstacle();
            }
            obstacle.ifPresent(reason -> decided.put(account, reason));
        }
        return new Look(decided, opportunities, unhealthy);
    }

    /** The second: one assessment for each account that was looked at. */
    public Map<Address, Assessment> decide(
            Look look, List<Trial> trials, Function<Address, Market> markets, Conditions conditions) {
        Map<Address, Assessment> assessments = new LinkedHashMap<>(look.decided());
        assessments.putAll(planner.assess(trials, Amounts.of(markets, look.accounts()), conditions, BadDebt.NONE));
        return assessments;
    }

    private Optional<Assessment> obstacle(AccountHealth health, Conditions conditions, Circumstances circumstances) {
        Address account = health.position().account();
        if (!health.objections().isEmpty()) {
            AccountHealth.Objection first = health.objections().getFirst();
            return Optional.of(new Assessment.Blind(first.asset().address(), first.why()));
        }
        Optional<String> pending = Optional.ofNullable(circumstances.pending().get(account));
        if (pending.isPresent()) {
            return Optional.of(new Assessment.Pending(pending.get()));
        }
        if (circumstances.self().filter(account::equals).isPresent()) {
            return Optional.of(new Assessment.NotAllowed("nobody liquidates himself"));
        }
        return planner.isTooDear(conditions)
                ? Optional.of(new Assessment.TooDear(
                        conditions.gasPrice().toString(), policy.maxGasPrice().toString()))
                : Optional.empty();
    }
}

package plimsoll.keeper.liquidation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import plimsoll.keeper.liquidation.guard.Finding;
import plimsoll.keeper.liquidation.guard.Guards;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.Holding;
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
            Map<Address, Assessment> decided,
            List<Opportunity> opportunities,
            List<AccountHealth> accounts,
            Circumstances circumstances) {}

    /** The first step. */
    public Look look(
            List<AccountHealth> unhealthy,
            Function<Address, Market> markets,
            Conditions conditions,
            Circumstances circumstances) {
        Map<Address, Assessment> decided = new LinkedHashMap<>();
        List<Opportunity> opportunities = new ArrayList<>();
        Guards guards = new Guards(policy.guards(), circumstances.evidence());
        List<Finding> ofBlock = guards.ofBlock();
        for (AccountHealth health : unhealthy) {
            Address account = health.position().account();
            Optional<Assessment> obstacle = obstacle(health, circumstances)
                    .or(() -> held(health, markets.apply(account), guards, ofBlock))
                    .or(() -> tooDear(conditions));
            if (obstacle.isEmpty()) {
                Opportunities found = Opportunities.of(health, markets.apply(account), conditions);
                opportunities.addAll(found.legal());
                obstacle = found.obstacle();
            }
            obstacle.ifPresent(reason -> decided.put(account, reason));
        }
        return new Look(decided, opportunities, unhealthy, circumstances);
    }

    /** The second: one assessment for each account that was looked at. */
    public Map<Address, Assessment> decide(
            Look look, List<Trial> trials, Function<Address, Market> markets, Conditions conditions) {
        Map<Address, Assessment> assessments = new LinkedHashMap<>(look.decided());
        Guards guards = new Guards(policy.guards(), look.circumstances().evidence());
        List<Trial> sane = new ArrayList<>();
        Set<Address> tried =
                trials.stream().map(trial -> trial.opportunity().account()).collect(Collectors.toSet());
        look.opportunities().stream()
                .map(Opportunity::account)
                .filter(account -> !tried.contains(account))
                .forEach(account -> assessments.put(
                        account, new Assessment.InDoubt("the chain has not said what would come of it")));
        for (Trial trial : trials) {
            Opportunity pair = trial.opportunity();
            List<Finding> findings =
                    guards.ofPair(pair.debt().asset(), pair.collateral().asset(), trial.smallSale());
            if (findings.isEmpty()) {
                sane.add(trial);
            } else {
                assessments.putIfAbsent(pair.account(), new Assessment.Held(findings));
            }
        }
        assessments.putAll(planner.assess(
                sane,
                Amounts.of(markets, look.accounts()),
                conditions,
                badDebt(look.accounts(), look.circumstances())));
        return assessments;
    }

    private BadDebt badDebt(List<AccountHealth> accounts, Circumstances circumstances) {
        return new BadDebt(
                policy.badDebt(),
                accounts.stream()
                        .filter(health -> health.standing()
                                .filter(it -> it.collateral().compareTo(it.debt()) < 0)
                                .isPresent())
                        .map(health -> health.position().account())
                        .collect(Collectors.toSet()),
                circumstances.spentOnBadDebt());
    }

    private static Optional<Assessment> held(
            AccountHealth health, Market market, Guards guards, List<Finding> ofBlock) {
        List<Guards.Counted> counted = health.position().holdings().stream()
                .filter(holding ->
                        holding.usedAsCollateral() || !holding.borrowed().isZero())
                .map(Holding::reserve)
                .map(reserve -> new Guards.Counted(
                        market.asset(reserve), market.price(reserve).counted(), market.isFrozen(reserve)))
                .toList();
        List<Finding> findings = new ArrayList<>(ofBlock);
        findings.addAll(guards.ofAccount(health.position().account(), counted));
        return findings.isEmpty() ? Optional.empty() : Optional.of(new Assessment.Held(findings));
    }

    private Optional<Assessment> tooDear(Conditions conditions) {
        return planner.isTooDear(conditions)
                ? Optional.of(new Assessment.TooDear(
                        conditions.gasPrice().toString(), policy.maxGasPrice().toString()))
                : Optional.empty();
    }

    private Optional<Assessment> obstacle(AccountHealth health, Circumstances circumstances) {
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
        return Optional.empty();
    }
}

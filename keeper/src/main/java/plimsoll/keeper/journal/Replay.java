package plimsoll.keeper.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import plimsoll.keeper.liquidation.Amounts;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.keeper.liquidation.Judge;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.liquidation.MarketExtract;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.keeper.liquidation.Parts;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.units.Address;

/** Takes the decisions of a block of the journal again, with the rules of today. */
public final class Replay {

    private Replay() {}

    /** One account about which today's rules say something else. */
    public record Difference(MarketBlock block, Address account, String recorded, String today) {}

    /** Compares every decision of the block. */
    public static List<Difference> differences(JournalEntry entry) {
        Map<Address, Assessment> today = again(entry.scene());
        List<Difference> differences = new ArrayList<>();
        for (Verdict verdict : entry.verdicts()) {
            Optional<Assessment> now = Optional.ofNullable(today.get(verdict.account()));
            if (!now.equals(Optional.of(verdict.decided()))) {
                differences.add(new Difference(
                        entry.scene().block(), verdict.account(), text(Optional.of(verdict.decided())), text(now)));
            }
        }
        return differences;
    }

    /** What today's rules say about each account; one that they see no need to decide about is missing. */
    public static Map<Address, Assessment> again(Scene scene) {
        Map<Address, Market> markets = new HashMap<>();
        List<AccountHealth> unhealthy = new ArrayList<>();
        for (Scene.Subject subject : scene.subjects()) {
            Market market = restored(subject.market());
            markets.put(subject.position().account(), market);
            AccountHealth health = AccountHealth.of(subject.position(), market);
            if (health.needsDecision()) {
                unhealthy.add(health);
            }
        }
        Function<Address, Market> of =
                account -> Optional.ofNullable(markets.get(account)).orElseThrow();
        var judge = new Judge(scene.policy());
        Judge.Look look = judge.look(unhealthy, of, scene.conditions(), scene.circumstances());
        Map<Address, Assessment> assessments =
                new LinkedHashMap<>(judge.decide(look, scene.trials(), of, scene.conditions()));
        untried(look, scene, new Parts(Amounts.of(of, look.accounts()), scene.conditions(), scene.policy()))
                .forEach(account -> assessments.put(
                        account,
                        new Assessment.InDoubt(
                                "what would be tried is not what was tried, and the chain's answer is unknown")));
        return assessments;
    }

    /**
     * The chain's answers are to the opportunities of then: whoever has others now cannot be decided again. Smaller amounts may have been
     * tried besides.
     */
    private static Set<Address> untried(Judge.Look look, Scene scene, Parts parts) {
        Set<Opportunity> now = new HashSet<>(look.opportunities());
        Set<Opportunity> besides = new HashSet<>(now);
        scene.trials().stream()
                .filter(trial -> now.contains(trial.opportunity()))
                .forEach(trial -> parts.best(trial).ifPresent(besides::add));
        Set<Opportunity> then = new HashSet<>();
        scene.trials().stream().map(Trial::opportunity).forEach(then::add);
        // Of whom nothing was tried the rules themselves say so.
        Set<Address> tried = then.stream().map(Opportunity::account).collect(Collectors.toSet());
        Set<Address> accounts = new HashSet<>();
        now.stream()
                .filter(it -> !then.contains(it))
                .map(Opportunity::account)
                .filter(tried::contains)
                .forEach(accounts::add);
        then.stream()
                .filter(it -> !besides.contains(it))
                .map(Opportunity::account)
                .forEach(accounts::add);
        return accounts;
    }

    private static Market restored(Object extract) {
        if (extract instanceof MarketExtract known) {
            return known.restore();
        }
        throw new IllegalArgumentException(
                "Market cannot be restored: extract=" + extract.getClass().getName());
    }

    private static String text(Optional<Assessment> assessment) {
        return assessment.map(it -> it.action() + ": " + it.reason()).orElse("nothing to decide");
    }
}

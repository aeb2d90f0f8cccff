package plimsoll.risk.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * May an asset's parameters follow a model, must it be isolated, or is it for people to decide?
 *
 * <p>Automation is for assets that are mature and deep. What is too young, too small or collateral in an efficiency mode
 * alone is left to people; what is thin, or priced by one source only, may be collateral in isolation, under a debt ceiling.
 *
 * <p>Source: docs/models/reserve-parameters.md, "Eligibility".
 */
public final class Eligibility {

    private Eligibility() {}

    /** The verdict, with each rule that spoke against the asset in words and figures. */
    public sealed interface Verdict {
        List<String> reasons();

        /** Its parameters follow the model. */
        record Automatic(List<String> reasons) implements Verdict {
            public Automatic {
                reasons = List.copyOf(reasons);
            }
        }

        /** Its parameters follow the model, and it stands as collateral alone, under a debt ceiling. */
        record Isolated(List<String> reasons) implements Verdict {
            public Isolated {
                reasons = List.copyOf(reasons);
            }
        }

        /** Its parameters stay as people have set them. */
        record Excluded(List<String> reasons) implements Verdict {
            public Excluded {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /**
     * What the rules look at.
     *
     * @param daysListed since the asset was first priced by the feed
     * @param depth value that the venues take within the bonus
     * @param capValue value of its supply cap, {@code Double.MAX_VALUE} where there is none
     * @param efficiencyModeOnly whether it is collateral in an efficiency mode and nowhere else
     * @param independentSources of its price
     * @param lossIfWorthless share of a debt that is lost if its issuer or bridge fails; 0 for an asset without one
     */
    public record Facts(
            int daysListed,
            double depth,
            double capValue,
            boolean efficiencyModeOnly,
            int independentSources,
            double lossIfWorthless) {
        public Facts {
            Ranges.atLeast("daysListed", daysListed, 0);
            Ranges.atLeast("depth", depth, 0);
            Ranges.atLeast("capValue", capValue, 0);
            Ranges.atLeast("independentSources", independentSources, 0);
            Ranges.within("lossIfWorthless", lossIfWorthless, 0, 1);
        }
    }

    /**
     * Where the rules draw their lines.
     *
     * @param fewestDaysListed a younger asset has no history to speak of
     * @param leastCapValue a smaller reserve is not worth a vote
     * @param leastDepth a thinner asset is isolated
     * @param fewestSources an asset that fewer price is isolated
     */
    public record Rules(int fewestDaysListed, double leastCapValue, double leastDepth, int fewestSources) {

        /** What Chaos Labs' cap oracle excludes: under 30 days, under 5 million; and a second source of the price. */
        public static Rules standard() {
            return new Rules(30, 5_000_000, 5_000_000, 2);
        }
    }

    public static Verdict of(Facts facts, Rules rules) {
        var against = new ArrayList<String>();
        if (facts.daysListed() < rules.fewestDaysListed()) {
            against.add("listed for %d days, fewer than %d".formatted(facts.daysListed(), rules.fewestDaysListed()));
        }
        if (facts.efficiencyModeOnly()) {
            against.add("collateral in an efficiency mode only");
        }
        if (facts.capValue() < rules.leastCapValue()) {
            against.add("supply cap is worth %s, less than %s"
                    .formatted(Words.amount(facts.capValue()), Words.amount(rules.leastCapValue())));
        }
        if (!against.isEmpty()) {
            return new Verdict.Excluded(against);
        }
        if (facts.depth() < rules.leastDepth()) {
            against.add("venues take %s within the bonus, less than %s"
                    .formatted(Words.amount(facts.depth()), Words.amount(rules.leastDepth())));
        }
        if (facts.independentSources() < rules.fewestSources()) {
            against.add("%d independent sources of the price, fewer than %d"
                    .formatted(facts.independentSources(), rules.fewestSources()));
        }
        return against.isEmpty()
                ? new Verdict.Automatic(List.of("mature and deep: %d days listed, depth %s, %d sources"
                        .formatted(facts.daysListed(), Words.amount(facts.depth()), facts.independentSources())))
                : new Verdict.Isolated(against);
    }
}

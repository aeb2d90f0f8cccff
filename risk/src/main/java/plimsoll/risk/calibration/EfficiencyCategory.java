package plimsoll.risk.calibration;

import static plimsoll.risk.calibration.Words.percent;

import java.util.ArrayList;
import java.util.List;

/**
 * Which parameters may assets share that move together, when one is borrowed against another?
 *
 * <pre>
 * B = max_i b_i,   LT = min_i LT_i·(1 + b_i)/(1 + B),   LTV = min( LT, min_i LTV_i·(1 + b_i)/(1 + B) )       (8)
 * </pre>
 *
 * i: members of the category, each calibrated on the falls of its ratio to what is borrowed; b_i: the bonus that its
 * threshold bears. Both terms of the closed form fall with 1/(1 + b), which is what the fractions put right. A category
 * needs more than six months of peg from every member.
 *
 * <p>Source: docs/models/reserve-parameters.md, equation 8.
 */
public final class EfficiencyCategory {

    private EfficiencyCategory() {}

    /**
     * An asset that wants to be a member.
     *
     * @param ofRatio parameters from the falls of the ratio, not of the price in money
     * @param daysOfPeg since the last depeg, or since the ratio was first observed
     */
    public record Member(String name, ReserveParameters ofRatio, long daysOfPeg) {}

    /** Whether there may be a category, and what it has. */
    public sealed interface Answer {
        List<String> reasons();

        /** Parameters that every member bears, as fractions. */
        record Formed(double liquidationThreshold, double ltv, double bonus, List<String> reasons) implements Answer {
            public Formed {
                reasons = List.copyOf(reasons);
            }
        }

        /** A member has not kept its peg for long enough. */
        record Refused(List<String> reasons) implements Answer {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }
    }

    public static Answer of(List<Member> members, PegHistory.Rule rule) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("A category needs members");
        }
        var against = new ArrayList<String>();
        for (var member : members) {
            if (member.daysOfPeg() <= rule.daysOfPeg()) {
                against.add("%s has kept its peg for %d days, not for more than %d"
                        .formatted(member.name(), member.daysOfPeg(), rule.daysOfPeg()));
            }
        }
        return against.isEmpty() ? formed(members) : new Answer.Refused(against);
    }

    private static Answer formed(List<Member> members) {
        var bonus = 0.0;
        for (var member : members) {
            bonus = Math.max(bonus, member.ofRatio().closedForm().bonus());
        }
        var threshold = 1.0;
        var ltv = 1.0;
        var weakest = members.getFirst();
        for (var member : members) {
            var made = member.ofRatio();
            var share = (1 + made.closedForm().bonus()) / (1 + bonus);
            if (made.liquidationThreshold().value() * share < threshold) {
                threshold = made.liquidationThreshold().value() * share;
                weakest = member;
            }
            ltv = Math.min(ltv, made.ltv().value() * share);
        }
        return new Answer.Formed(
                threshold,
                Math.min(ltv, threshold),
                bonus,
                List.of("liquidation threshold %s and bonus %s: what %s bears, the weakest of %d"
                        .formatted(percent(threshold), percent(bonus), weakest.name(), members.size())));
    }
}

package plimsoll.oracle.calibration;

import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.ParameterChange;
import plimsoll.oracle.plan.Step;

/** What voters read: each change with its reasons, in plain text. */
public final class ProposalText {

    private ProposalText() {}

    /** The text for the plan's first step, which is what a proposal makes. */
    public static String of(CalibrationResult result) {
        StringBuilder text = new StringBuilder("Plimsoll: collateral parameters\n");
        Step step = result.plan().steps().getFirst();
        for (ParameterChange change : step.changes()) {
            AssetOutcome outcome = result.outcomes().stream()
                    .filter(candidate -> candidate.reserve().asset().equals(change.reserve()))
                    .findFirst()
                    .orElseThrow();
            CollateralParameters from = change.from();
            CollateralParameters to = change.to();
            text.append("\n")
                    .append(outcome.reserve().symbol())
                    .append(": LTV ")
                    .append(from.ltv())
                    .append(" -> ")
                    .append(to.ltv())
                    .append(", liquidation threshold ")
                    .append(from.liquidationThreshold())
                    .append(" -> ")
                    .append(to.liquidationThreshold())
                    .append(", liquidation bonus ")
                    .append(
                            from.liquidationBonus().equals(to.liquidationBonus())
                                    ? to.liquidationBonus() + " unchanged"
                                    : from.liquidationBonus() + " -> " + to.liquidationBonus());
            if (change.movesSupplyCap()) {
                text.append(", supply cap ")
                        .append(from.supplyCap())
                        .append(" -> ")
                        .append(to.supplyCap());
            }
            if (change.movesBorrowCap()) {
                text.append(", borrow cap ")
                        .append(from.borrowCap())
                        .append(" -> ")
                        .append(to.borrowCap());
            }
            text.append('\n');
            outcome.recommendation()
                    .reasons()
                    .forEach(reason -> text.append("- ").append(reason).append('\n'));
        }
        return text.append("\nAccounts that the change itself makes liquidatable: ")
                .append(step.forcedLiquidations())
                .toString();
    }
}

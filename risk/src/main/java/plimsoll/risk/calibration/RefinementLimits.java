package plimsoll.risk.calibration;

import static plimsoll.risk.calibration.Words.amount;
import static plimsoll.risk.calibration.Words.percent;

/**
 * What a refined vector must not exceed, and how long to look for it.
 *
 * @param badDebt K: most that the shortfall of bad debt may be, its Monte-Carlo error added
 * @param errorMultiple standard errors that are added to the shortfall before it is held against K
 * @param liquidationsAtRisk most value liquidated at that quantile
 * @param forcedShare L: most of the debt that the change itself may make liquidatable
 * @param evaluations most simulations
 * @param smallestMove the search ends when it would move every threshold by less
 */
public record RefinementLimits(
        double badDebt,
        double errorMultiple,
        double liquidationsAtRisk,
        double forcedShare,
        int evaluations,
        double smallestMove) {

    /** Where a bound is nothing, all is infinitely too much; the slopes need a number. */
    private static final double MOST_USED = 1e6;

    public RefinementLimits {
        Ranges.atLeast("badDebt", badDebt, 0);
        Ranges.atLeast("errorMultiple", errorMultiple, 0);
        Ranges.atLeast("liquidationsAtRisk", liquidationsAtRisk, 0);
        Ranges.within("forcedShare", forcedShare, 0, 1);
        Ranges.within("evaluations", evaluations, 1, 1_000);
        Ranges.within("smallestMove", smallestMove, 1e-6, 1);
    }

    /** The largest of what each bound on risk is used up to; at most 1 is within. */
    double riskUsed(Evaluation found) {
        return Math.max(
                share(found.shortfallOfBadDebt() + errorMultiple * found.standardError(), badDebt),
                share(found.liquidationsAtRisk(), liquidationsAtRisk));
    }

    boolean isTooRisky(Evaluation found) {
        return riskUsed(found) > 1;
    }

    boolean forcesTooMuch(Evaluation found) {
        return found.forcedShare() > forcedShare;
    }

    boolean holds(Evaluation found) {
        return !isTooRisky(found) && !forcesTooMuch(found);
    }

    String verdict(Evaluation found) {
        var withError = found.shortfallOfBadDebt() + errorMultiple * found.standardError();
        if (withError > badDebt) {
            return "bad debt of %s with its error exceeds %s".formatted(amount(withError), amount(badDebt));
        }
        if (found.liquidationsAtRisk() > liquidationsAtRisk) {
            return "liquidations at risk of %s exceed %s"
                    .formatted(amount(found.liquidationsAtRisk()), amount(liquidationsAtRisk));
        }
        if (forcesTooMuch(found)) {
            return "the change itself liquidates %s of the debt, more than %s"
                    .formatted(percent(found.forcedShare()), percent(forcedShare));
        }
        return "within all limits: bad debt with its error %s of %s, borrowing power %s"
                .formatted(amount(withError), amount(badDebt), amount(found.borrowingPower()));
    }

    private static double share(double found, double allowed) {
        if (found <= allowed) {
            return allowed == 0 ? 0 : found / allowed;
        }
        return allowed == 0 ? MOST_USED : Math.min(MOST_USED, found / allowed);
    }
}

package plimsoll.risk.calibration;

import java.util.List;

/**
 * What a simulation says about one vector of thresholds.
 *
 * @param shortfallOfBadDebt ES99 of the bad debt, in the base currency
 * @param standardError its Monte-Carlo error
 * @param borrowingPower what the book's collateral could borrow at its LTVs
 * @param liquidationsAtRisk a high quantile of the value liquidated
 * @param forcedShare share of the debt that the change from the live thresholds itself makes liquidatable
 * @param borrowingPowerByAsset its parts, in the vector's order; empty where they are not known
 * @param badDebtByAsset parts of the shortfall by the collateral that failed to cover it; empty where they are not known
 */
public record Evaluation(
        double shortfallOfBadDebt,
        double standardError,
        double borrowingPower,
        double liquidationsAtRisk,
        double forcedShare,
        List<Double> borrowingPowerByAsset,
        List<Double> badDebtByAsset) {

    public Evaluation {
        Ranges.atLeast("shortfallOfBadDebt", shortfallOfBadDebt, 0);
        Ranges.atLeast("standardError", standardError, 0);
        Ranges.atLeast("borrowingPower", borrowingPower, 0);
        Ranges.atLeast("liquidationsAtRisk", liquidationsAtRisk, 0);
        Ranges.within("forcedShare", forcedShare, 0, 1);
        borrowingPowerByAsset = List.copyOf(borrowingPowerByAsset);
        badDebtByAsset = List.copyOf(badDebtByAsset);
    }

    public Evaluation(
            double shortfallOfBadDebt,
            double standardError,
            double borrowingPower,
            double liquidationsAtRisk,
            double forcedShare) {
        this(shortfallOfBadDebt, standardError, borrowingPower, liquidationsAtRisk, forcedShare, List.of(), List.of());
    }
}

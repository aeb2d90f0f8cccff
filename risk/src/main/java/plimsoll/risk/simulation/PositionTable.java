package plimsoll.risk.simulation;

/** A book on one market's terms, in columns that all threads read: thresholds, bonuses and today's health factors. */
final class PositionTable {

    final int accounts;
    final int[] collateralStart;
    final int[] collateralAsset;
    final double[] collateralUnits;
    final double[] threshold;
    final double[] bonusFactor;
    final double[] feeShare;
    final int[] debtStart;
    final int[] debtAsset;
    final double[] debtUnits;
    final double[] healthFactor;

    PositionTable(SimulatedBook book, SimulatedMarket market) {
        accounts = book.accounts();
        collateralStart = new int[accounts + 1];
        debtStart = new int[accounts + 1];
        for (var a = 0; a <= accounts; a++) {
            collateralStart[a] = book.collateralStart(a);
            debtStart[a] = book.debtStart(a);
        }
        var collaterals = collateralStart[accounts];
        collateralAsset = new int[collaterals];
        collateralUnits = new double[collaterals];
        threshold = new double[collaterals];
        bonusFactor = new double[collaterals];
        feeShare = new double[collaterals];
        for (var c = 0; c < collaterals; c++) {
            var asset = book.collateralAsset(c);
            var terms = market.terms(asset, book.collateralEMode(c));
            collateralAsset[c] = asset;
            collateralUnits[c] = book.collateralValue(c);
            threshold[c] = terms.liquidationThreshold();
            bonusFactor[c] = 1 + terms.liquidationBonus();
            feeShare[c] = market.assets().get(asset).protocolFeeShare();
        }
        var debts = debtStart[accounts];
        debtAsset = new int[debts];
        debtUnits = new double[debts];
        for (var d = 0; d < debts; d++) {
            debtAsset[d] = book.debtAsset(d);
            debtUnits[d] = book.debtValue(d);
        }
        healthFactor = new double[accounts];
        for (var a = 0; a < accounts; a++) {
            healthFactor[a] = healthFactorAtStart(a);
        }
    }

    private double healthFactorAtStart(int account) {
        var weighted = 0.0;
        for (var c = collateralStart[account]; c < collateralStart[account + 1]; c++) {
            weighted += collateralUnits[c] * threshold[c];
        }
        var debt = 0.0;
        for (var d = debtStart[account]; d < debtStart[account + 1]; d++) {
            debt += debtUnits[d];
        }
        return weighted / debt;
    }

    /** Seizable: a threshold of zero means that the account cannot use it as collateral. */
    boolean isCollateral(int entry) {
        return threshold[entry] > 0;
    }

    /** Whether weighted collateral at its lowest prices, taken a trace too low, lies below debt at its highest. */
    boolean isInDanger(int account, double[] collateral, double[] debt, double[] lows, double[] highs) {
        var least = 0.0;
        for (var c = collateralStart[account]; c < collateralStart[account + 1]; c++) {
            least += collateral[c] * lows[collateralAsset[c]] * threshold[c];
        }
        var most = 0.0;
        for (var d = debtStart[account]; d < debtStart[account + 1]; d++) {
            most += debt[d] * highs[debtAsset[d]];
        }
        return least * HealthScreen.GUARD < most;
    }
}

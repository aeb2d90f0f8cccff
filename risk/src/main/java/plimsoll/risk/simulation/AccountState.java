package plimsoll.risk.simulation;

/**
 * The accounts of one path as liquidations leave them. An account keeps the table's amounts until it is first touched, so
 * that a new path costs nothing.
 */
final class AccountState {

    private final PositionTable table;
    private final double[] collateral;
    private final double[] debt;
    private final int[] touchedIn;
    private final int[] seenIn;
    private final int[] unhealthySince;
    private final int[] unhealthyLast;
    private int path;

    /** Results of the last {@link #value}: base values at the prices given. */
    double weighted;

    double owed;

    AccountState(PositionTable table) {
        this.table = table;
        collateral = new double[table.collateralUnits.length];
        debt = new double[table.debtUnits.length];
        touchedIn = new int[table.accounts];
        seenIn = new int[table.accounts];
        unhealthySince = new int[table.accounts];
        unhealthyLast = new int[table.accounts];
    }

    void nextPath() {
        path++;
    }

    boolean isTouched(int account) {
        return touchedIn[account] == path;
    }

    /** From here the account's amounts are the path's own. */
    void touch(int account) {
        if (touchedIn[account] != path) {
            touchedIn[account] = path;
            var c = table.collateralStart[account];
            System.arraycopy(table.collateralUnits, c, collateral, c, table.collateralStart[account + 1] - c);
            var d = table.debtStart[account];
            System.arraycopy(table.debtUnits, d, debt, d, table.debtStart[account + 1] - d);
        }
    }

    double[] collateral(int account) {
        return isTouched(account) ? collateral : table.collateralUnits;
    }

    double[] debt(int account) {
        return isTouched(account) ? debt : table.debtUnits;
    }

    /** Weighted collateral and debt of an account, summed in the order of its entries. */
    void value(int account, double[] price) {
        var units = collateral(account);
        weighted = 0;
        for (var c = table.collateralStart[account]; c < table.collateralStart[account + 1]; c++) {
            weighted += units[c] * price[table.collateralAsset[c]] * table.threshold[c];
        }
        var owing = debt(account);
        owed = 0;
        for (var d = table.debtStart[account]; d < table.debtStart[account + 1]; d++) {
            owed += owing[d] * price[table.debtAsset[d]];
        }
    }

    /** Notes that an account is unhealthy in a step; says since which step it has been without a break. */
    int unhealthySince(int account, int step) {
        var fresh = seenIn[account] != path || unhealthyLast[account] < step - 1;
        seenIn[account] = path;
        unhealthyLast[account] = step;
        if (fresh) {
            unhealthySince[account] = step;
        }
        return unhealthySince[account];
    }
}

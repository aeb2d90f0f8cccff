package plimsoll.risk.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Which accounts can be unhealthy at all?
 *
 * <pre>
 * H(t) ≥ H(0) · min over collaterals of P(t)/P(0) / max over debts of P(t)/P(0)                                (1)
 * </pre>
 *
 * Accounts that hold and owe the same assets share the right side, so that they stand in one group by ascending H(0): the
 * ones in danger are a group's first. The bound may raise a false alarm; it never misses, because it is taken a trace too
 * low ({@link #GUARD}) for its own rounding.
 *
 * <p>Source: docs/models/market-simulation.md, equation 8.
 */
final class HealthScreen {

    /** A few hundred roundings of a double: more than a portfolio's sums and the bound's division have. */
    static final double GUARD = 1 - 1e-12;

    final int groups;
    final int[] collateralStart;
    final int[] collateralAsset;
    final int[] debtStart;
    final int[] debtAsset;
    final int[] memberStart;
    final int[] member;
    final double[] memberHealth;
    /** Assets that any account holds or owes, ascending. */
    final int[] assets;

    HealthScreen(PositionTable table) {
        var byAssets = new LinkedHashMap<String, List<Integer>>();
        for (var a = 0; a < table.accounts; a++) {
            var key = Arrays.toString(collateralsOf(table, a)) + Arrays.toString(debtsOf(table, a));
            byAssets.computeIfAbsent(key, any -> new ArrayList<>()).add(a);
        }
        groups = byAssets.size();
        collateralStart = new int[groups + 1];
        debtStart = new int[groups + 1];
        memberStart = new int[groups + 1];
        var collaterals = new ArrayList<int[]>();
        var debts = new ArrayList<int[]>();
        member = new int[table.accounts];
        memberHealth = new double[table.accounts];
        var group = 0;
        for (var accounts : byAssets.values()) {
            accounts.sort(Comparator.<Integer>comparingDouble(a -> table.healthFactor[a])
                    .thenComparingInt(a -> a));
            var held = collateralsOf(table, accounts.getFirst());
            var owed = debtsOf(table, accounts.getFirst());
            collaterals.add(held);
            debts.add(owed);
            collateralStart[group + 1] = collateralStart[group] + held.length;
            debtStart[group + 1] = debtStart[group] + owed.length;
            memberStart[group + 1] = memberStart[group] + accounts.size();
            for (var i = 0; i < accounts.size(); i++) {
                member[memberStart[group] + i] = accounts.get(i);
                memberHealth[memberStart[group] + i] = table.healthFactor[accounts.get(i)];
            }
            group++;
        }
        collateralAsset = collaterals.stream().flatMapToInt(Arrays::stream).toArray();
        debtAsset = debts.stream().flatMapToInt(Arrays::stream).toArray();
        assets = Arrays.stream(new int[][] {table.collateralAsset, table.debtAsset})
                .flatMapToInt(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
    }

    private static int[] collateralsOf(PositionTable table, int account) {
        var entries =
                java.util.stream.IntStream.range(table.collateralStart[account], table.collateralStart[account + 1]);
        return entries.filter(table::isCollateral)
                .map(c -> table.collateralAsset[c])
                .distinct()
                .sorted()
                .toArray();
    }

    private static int[] debtsOf(PositionTable table, int account) {
        return Arrays.stream(table.debtAsset, table.debtStart[account], table.debtStart[account + 1])
                .distinct()
                .sorted()
                .toArray();
    }

    /** The right side of equation 1 but for H(0), at these prices by asset; 0 for a group without collateral. */
    double bound(int group, double[] price) {
        return bound(group, price, price);
    }

    /** The same over a time: collaterals at their lowest, debts at their highest. */
    double bound(int group, double[] low, double[] high) {
        var from = collateralStart[group];
        var to = collateralStart[group + 1];
        if (from == to) {
            return 0;
        }
        var least = Double.POSITIVE_INFINITY;
        for (var c = from; c < to; c++) {
            least = Math.min(least, low[collateralAsset[c]]);
        }
        var most = 0.0;
        for (var d = debtStart[group]; d < debtStart[group + 1]; d++) {
            most = Math.max(most, high[debtAsset[d]]);
        }
        return least / most * GUARD;
    }
}

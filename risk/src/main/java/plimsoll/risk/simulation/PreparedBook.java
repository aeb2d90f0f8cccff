package plimsoll.risk.simulation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A book on one market's terms, with what the screen asks of it: made once for each parameter vector, read by all threads. */
final class PreparedBook {

    private final PositionTable table;
    private final int[] assets;
    private final int[][] holders;

    private PreparedBook(PositionTable table, int[] assets, int[][] holders) {
        this.table = table;
        this.assets = assets;
        this.holders = holders;
    }

    static PreparedBook of(SimulatedMarket market, SimulatedBook book) {
        var table = new PositionTable(book, market);
        var assets = IntStream.concat(Arrays.stream(table.collateralAsset), Arrays.stream(table.debtAsset))
                .distinct()
                .sorted()
                .toArray();
        var byHealth = IntStream.range(0, table.accounts)
                .boxed()
                .sorted(Comparator.comparingDouble(account -> table.healthFactor[account]))
                .mapToInt(account -> account)
                .toArray();
        var holders = new int[market.assets().size()][];
        for (var asset = 0; asset < holders.length; asset++) {
            var held = asset;
            holders[asset] = Arrays.stream(byHealth)
                    .filter(account -> holds(table, account, held))
                    .toArray();
        }
        return new PreparedBook(table, assets, holders);
    }

    private static boolean holds(PositionTable table, int account, int asset) {
        return IntStream.range(table.collateralStart[account], table.collateralStart[account + 1])
                .anyMatch(c -> table.collateralAsset[c] == asset);
    }

    PositionTable table() {
        return table;
    }

    /** Assets that any account holds or owes, ascending. */
    int[] assets() {
        return assets;
    }

    /** Accounts with this asset as collateral, the least healthy at the start first. */
    int[] holders(int asset) {
        return holders[asset];
    }
}

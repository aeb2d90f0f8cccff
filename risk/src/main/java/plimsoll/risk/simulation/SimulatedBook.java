package plimsoll.risk.simulation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every account with debt, in columns: amounts are what they were worth at the start, in base value.
 * Entries of account a are those from {@code start[a]} up to {@code start[a + 1]}.
 */
public final class SimulatedBook implements Serializable {

    /** A collateral entry on its asset's own terms. */
    public static final int NO_E_MODE = -1;

    private static final long serialVersionUID = 1;

    private final int[] collateralStart;
    private final int[] collateralAsset;
    private final int[] collateralEMode;
    private final double[] collateralValue;
    private final int[] debtStart;
    private final int[] debtAsset;
    private final double[] debtValue;

    private SimulatedBook(List<Account> accounts) {
        var count = accounts.size();
        collateralStart = new int[count + 1];
        debtStart = new int[count + 1];
        for (var i = 0; i < count; i++) {
            collateralStart[i + 1] =
                    collateralStart[i] + accounts.get(i).collateral().size();
            debtStart[i + 1] = debtStart[i] + accounts.get(i).debt().size();
        }
        collateralAsset = new int[collateralStart[count]];
        collateralEMode = new int[collateralStart[count]];
        collateralValue = new double[collateralStart[count]];
        debtAsset = new int[debtStart[count]];
        debtValue = new double[debtStart[count]];
        for (var i = 0; i < count; i++) {
            var c = collateralStart[i];
            for (var collateral : accounts.get(i).collateral()) {
                collateralAsset[c] = collateral.asset();
                collateralEMode[c] = collateral.eMode();
                collateralValue[c++] = collateral.value();
            }
            var d = debtStart[i];
            for (var debt : accounts.get(i).debt()) {
                debtAsset[d] = debt.asset();
                debtValue[d++] = debt.value();
            }
        }
    }

    /** Accounts without debt are left out: nothing can happen to them. */
    public static SimulatedBook of(List<Account> accounts) {
        return new SimulatedBook(accounts.stream()
                .map(Account::withoutEmptyEntries)
                .filter(account -> !account.debt().isEmpty())
                .toList());
    }

    public int accounts() {
        return collateralStart.length - 1;
    }

    /** One account as a record. */
    public Account account(int index) {
        var collateral = new ArrayList<Collateral>();
        for (var c = collateralStart[index]; c < collateralStart[index + 1]; c++) {
            collateral.add(new Collateral(collateralAsset[c], collateralValue[c], collateralEMode[c]));
        }
        var debt = new ArrayList<Debt>();
        for (var d = debtStart[index]; d < debtStart[index + 1]; d++) {
            debt.add(new Debt(debtAsset[d], debtValue[d]));
        }
        return new Account(collateral, debt);
    }

    /** What the whole book holds of each asset as collateral, in base value at the start. */
    public double[] collateralByAsset(int assets) {
        var sums = new double[assets];
        for (var c = 0; c < collateralAsset.length; c++) {
            sums[collateralAsset[c]] += collateralValue[c];
        }
        return sums;
    }

    /** What the whole book owes of each asset, in base value at the start. */
    public double[] debtByAsset(int assets) {
        var sums = new double[assets];
        for (var d = 0; d < debtAsset.length; d++) {
            sums[debtAsset[d]] += debtValue[d];
        }
        return sums;
    }

    /** What the book's collateral could have borrowed at the start: the sum of value times LTV. */
    public double borrowingPower(SimulatedMarket market) {
        var power = 0.0;
        for (var c = 0; c < collateralAsset.length; c++) {
            power += collateralValue[c]
                    * market.terms(collateralAsset[c], collateralEMode[c]).ltv();
        }
        return power;
    }

    /** Accounts that these parameters make liquidatable at the start's prices: what a change itself would force. */
    public Liquidatable liquidatableAtStart(SimulatedMarket market) {
        var accounts = 0;
        var owed = 0.0;
        for (var i = 0; i < accounts(); i++) {
            var weighted = 0.0;
            for (var c = collateralStart[i]; c < collateralStart[i + 1]; c++) {
                weighted += collateralValue[c]
                        * market.terms(collateralAsset[c], collateralEMode[c]).liquidationThreshold();
            }
            var debt = 0.0;
            for (var d = debtStart[i]; d < debtStart[i + 1]; d++) {
                debt += debtValue[d];
            }
            if (weighted < debt) {
                accounts++;
                owed += debt;
            }
        }
        return new Liquidatable(accounts, owed);
    }

    int collateralStart(int account) {
        return collateralStart[account];
    }

    int debtStart(int account) {
        return debtStart[account];
    }

    int collateralAsset(int entry) {
        return collateralAsset[entry];
    }

    int collateralEMode(int entry) {
        return collateralEMode[entry];
    }

    double collateralValue(int entry) {
        return collateralValue[entry];
    }

    int debtAsset(int entry) {
        return debtAsset[entry];
    }

    double debtValue(int entry) {
        return debtValue[entry];
    }

    /** That every entry names an asset and an efficiency mode which the market has. */
    void requireFits(SimulatedMarket market) {
        var assets = market.assets().size();
        if (Arrays.stream(collateralAsset).anyMatch(asset -> asset >= assets)
                || Arrays.stream(debtAsset).anyMatch(asset -> asset >= assets)) {
            throw new IllegalArgumentException("book names an asset that the market lacks: assets=" + assets);
        }
        if (Arrays.stream(collateralEMode)
                .anyMatch(mode -> mode >= market.eModes().size())) {
            throw new IllegalArgumentException("book names an efficiency mode that the market lacks: modes="
                    + market.eModes().size());
        }
    }

    /** How many accounts are liquidatable, and what they owe in base value. */
    public record Liquidatable(int accounts, double debt) {}

    /** One borrower. */
    public record Account(List<Collateral> collateral, List<Debt> debt) implements Serializable {
        public Account {
            collateral = List.copyOf(collateral);
            debt = List.copyOf(debt);
        }

        Account withoutEmptyEntries() {
            return new Account(
                    collateral.stream().filter(entry -> entry.value() > 0).toList(),
                    debt.stream().filter(entry -> entry.value() > 0).toList());
        }
    }

    /**
     * What stands behind a debt.
     *
     * @param asset its place in the market
     * @param value in base value at the start
     * @param eMode whose terms count, by its place in the market's efficiency modes; {@link #NO_E_MODE} for the asset's own
     */
    public record Collateral(int asset, double value, int eMode) implements Serializable {
        public Collateral {
            requireEntry(asset, value);
            if (eMode < NO_E_MODE) {
                throw new IllegalArgumentException("no such efficiency mode: found=" + eMode);
            }
        }

        public Collateral(int asset, double value) {
            this(asset, value, NO_E_MODE);
        }
    }

    /** What is owed of one asset, in base value at the start. */
    public record Debt(int asset, double value) implements Serializable {
        public Debt {
            requireEntry(asset, value);
        }
    }

    private static void requireEntry(int asset, double value) {
        if (asset < 0 || !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("position is out of range: asset=%d value=%s".formatted(asset, value));
        }
    }
}

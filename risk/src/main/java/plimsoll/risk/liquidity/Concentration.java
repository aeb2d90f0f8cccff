package plimsoll.risk.liquidity;

import java.util.Arrays;

/**
 * How much of an asset is in few hands? With shares w of the accounts' balances: the n largest together, and
 * Herfindahl's index H = Σ w², whose inverse is the number of equal accounts that would be as concentrated.
 * Source: docs/models/price-impact.md, equation 8.
 */
public final class Concentration {

    private final double[] descending;
    private final double total;

    private Concentration(double[] descending, double total) {
        this.descending = descending;
        this.total = total;
    }

    /** Balances in any unit and order, none negative, one at least above zero. */
    public static Concentration of(double[] balances) {
        var sorted = balances.clone();
        Arrays.sort(sorted);
        var total = 0.0;
        var descending = new double[sorted.length];
        for (var i = 0; i < sorted.length; i++) {
            var balance = sorted[sorted.length - 1 - i];
            if (!(balance >= 0) || Double.isInfinite(balance)) {
                throw new IllegalArgumentException("balance is negative: found=" + balance);
            }
            descending[i] = balance;
            total += balance;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("nobody holds anything: accounts=" + balances.length);
        }
        return new Concentration(descending, total);
    }

    /** The share of the largest accounts. */
    public double topShare(int accounts) {
        var sum = 0.0;
        for (var i = 0; i < Math.min(accounts, descending.length); i++) {
            sum += descending[i];
        }
        return sum / total;
    }

    /** H: 1 where one account holds all, 1/n where n hold the same. */
    public double herfindahl() {
        var sum = 0.0;
        for (var balance : descending) {
            sum += balance / total * (balance / total);
        }
        return sum;
    }

    /** 1/H: how many equal accounts would be as concentrated. */
    public double effectiveAccounts() {
        return 1 / herfindahl();
    }
}

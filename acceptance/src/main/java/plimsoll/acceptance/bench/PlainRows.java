package plimsoll.acceptance.bench;

import java.util.List;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketState;

/**
 * The way that first comes to mind: a row for each account and reserve, sums by account, a loop. Weights are plain health, without any
 * care for roundings.
 */
final class PlainRows {

    private final int accounts;
    private final int[] account;
    private final int[] weight;
    private final double[] supply;
    private final double[] debt;

    PlainRows(List<AccountPosition> positions) {
        accounts = positions.size();
        int rows = accounts * SampleBook.HOLDINGS;
        account = new int[rows];
        weight = new int[rows];
        supply = new double[rows];
        debt = new double[rows];
        int row = 0;
        for (int number = 0; number < accounts; number++) {
            for (Holding holding : positions.get(number).holdings()) {
                account[row] = number;
                weight[row] = holding.reserve();
                supply[row] = holding.supplied().raw().doubleValue();
                debt[row++] = holding.borrowed().raw().doubleValue();
            }
        }
    }

    /** How many accounts have a ratio of collateral to debt below one, by the prices alone. */
    int below(MarketState market) {
        double[] price = new double[market.assets().size()];
        market.assets()
                .forEach(asset -> price[asset.number()] = market.price(asset.number())
                                .counted()
                                .orElseThrow()
                                .raw()
                                .doubleValue()
                        / Math.pow(10, asset.decimals()));
        double[] collateral = new double[accounts];
        double[] owed = new double[accounts];
        for (int row = 0; row < account.length; row++) {
            collateral[account[row]] += supply[row] * price[weight[row]] * 0.8;
            owed[account[row]] += debt[row] * price[weight[row]];
        }
        int below = 0;
        for (int number = 0; number < accounts; number++) {
            if (owed[number] > 0 && collateral[number] < owed[number]) {
                below++;
            }
        }
        return below;
    }
}

package plimsoll.risk.simulation;

/**
 * Liquidates one account in one step: call after call, each the most that the rule allows and that still pays, until the
 * account is healthy or nothing pays. It always repays the largest debt, and seizes the largest collateral that pays.
 * Source: docs/models/market-simulation.md, equations 2 and 3.
 */
final class Liquidator {

    /** More calls than any account has pairs of assets; a bound, so that a step always ends. */
    private static final int MOST_CALLS = 16;

    /** A sale too large for the market is halved as often as this before it is given up. */
    private static final int HALVINGS = 5;

    /** Keeps rounding from ruling out a call that would pay by a trace. */
    private static final double SLACK = 1 + 1e-12;

    private final PositionTable table;
    private final AccountState state;
    private final PathPrices prices;
    private final double[] gas;
    private final double margin;

    Liquidator(
            PositionTable table,
            AccountState state,
            PathPrices prices,
            SimulatedMarket market,
            KeeperBehaviour keeper) {
        this.table = table;
        this.state = state;
        this.prices = prices;
        this.margin = keeper.minimumMargin();
        gas = market.assets().stream()
                .mapToDouble(SimulatedAsset::gasPerLiquidation)
                .toArray();
    }

    void liquidate(int account, int path, int step, BlockOutcome outcome) {
        for (var call = 0; call < MOST_CALLS; call++) {
            state.value(account, prices.read());
            if (!(state.weighted < state.owed) || !call(account, path, step, outcome)) {
                return;
            }
        }
    }

    private boolean call(int account, int path, int step, BlockOutcome outcome) {
        var price = prices.read();
        var health = state.weighted / state.owed;
        var totalDebt = state.owed;
        var debtEntry = largestDebt(account, price);
        var reserveDebt = state.debt(account)[debtEntry] * price[table.debtAsset[debtEntry]];
        var bound = Double.POSITIVE_INFINITY;
        var last = -1;
        for (var entry = largestCollateral(account, price, bound, last);
                entry >= 0;
                entry = largestCollateral(account, price, bound, last)) {
            var held = state.collateral(account)[entry] * price[table.collateralAsset[entry]];
            var most = LiquidationRule.largestRepayment(health, held, reserveDebt, totalDebt);
            var call = LiquidationRule.call(most, held, reserveDebt, table.bonusFactor[entry]);
            for (var halving = 0; halving <= HALVINGS && call.repaid() > 0 && couldPay(entry, call); halving++) {
                if (pays(entry, call)) {
                    book(account, debtEntry, entry, call, path, step, outcome);
                    return true;
                }
                call = LiquidationRule.call(call.repaid() / 2, held, reserveDebt, table.bonusFactor[entry]);
            }
            bound = held;
            last = entry;
        }
        return false;
    }

    /** Whether it would pay if selling cost nothing; where not, no smaller call pays either, because gas stays the same. */
    private boolean couldPay(int entry, LiquidationRule.Call call) {
        var asset = table.collateralAsset[entry];
        return prices.undisturbedValue(asset, kept(entry, call)) * SLACK >= call.repaid() * (1 + margin) + gas[asset];
    }

    /** What of the seized collateral is the liquidator's, at the price that the protocol reads. */
    private double kept(int entry, LiquidationRule.Call call) {
        return call.taken() - LiquidationRule.fee(call.taken(), table.bonusFactor[entry], table.feeShare[entry]);
    }

    private boolean pays(int entry, LiquidationRule.Call call) {
        var asset = table.collateralAsset[entry];
        var kept = call.taken() - LiquidationRule.fee(call.taken(), table.bonusFactor[entry], table.feeShare[entry]);
        var proceeds = prices.proceeds(asset, kept / prices.read()[asset]);
        return proceeds >= call.repaid() * (1 + margin) + gas[asset];
    }

    private void book(
            int account,
            int debtEntry,
            int entry,
            LiquidationRule.Call call,
            int path,
            int step,
            BlockOutcome outcome) {
        state.touch(account);
        var price = prices.read();
        var asset = table.collateralAsset[entry];
        var debtAsset = table.debtAsset[debtEntry];
        var collateral = state.collateral(account);
        var debt = state.debt(account);
        var kept = call.taken() - LiquidationRule.fee(call.taken(), table.bonusFactor[entry], table.feeShare[entry]);
        prices.sell(asset, kept / price[asset]);
        var held = collateral[entry] * price[asset];
        collateral[entry] = call.taken() >= held ? 0 : collateral[entry] - call.taken() / price[asset];
        var owed = debt[debtEntry] * price[debtAsset];
        debt[debtEntry] = call.repaid() >= owed ? 0 : debt[debtEntry] - call.repaid() / price[debtAsset];
        outcome.liquidated[path] += call.taken();
        outcome.calls[path]++;
        outcome.seizedOf[asset] += call.taken();
        outcome.liquidatedAt[step] += call.taken();
        outcome.callsAt[step]++;
        if (hasNothingLeft(account)) {
            var lost = writeOff(account, 1, step, outcome);
            outcome.badDebt[path] += lost;
            outcome.realised += lost;
        }
    }

    private boolean hasNothingLeft(int account) {
        var collateral = state.collateral(account);
        for (var c = table.collateralStart[account]; c < table.collateralStart[account + 1]; c++) {
            if (table.isCollateral(c) && collateral[c] > 0) {
                return false;
            }
        }
        return true;
    }

    /** What an unhealthy account owes beyond what liquidations could still repay; 0 where they could repay it all. */
    void latent(int account, int path, int step, BlockOutcome outcome) {
        var price = prices.read();
        state.value(account, price);
        var recoverable = 0.0;
        var collateral = state.collateral(account);
        for (var c = table.collateralStart[account]; c < table.collateralStart[account + 1]; c++) {
            if (table.isCollateral(c)) {
                recoverable += collateral[c] * price[table.collateralAsset[c]] / table.bonusFactor[c];
            }
        }
        if (state.weighted < state.owed && recoverable < state.owed) {
            var lost = writeOff(account, (state.owed - recoverable) / state.owed, step, outcome);
            outcome.badDebt[path] += lost;
            outcome.latent += lost;
        }
    }

    /** Books a share of an account's debt as lost, by the asset owed and by the collateral that once stood behind it. */
    private double writeOff(int account, double share, int step, BlockOutcome outcome) {
        var price = prices.read();
        state.touch(account);
        var debt = state.debt(account);
        var lost = 0.0;
        for (var d = table.debtStart[account]; d < table.debtStart[account + 1]; d++) {
            var part = debt[d] * price[table.debtAsset[d]] * share;
            outcome.owedIn[table.debtAsset[d]] += part;
            lost += part;
            debt[d] = 0;
        }
        outcome.badDebtAt[step] += lost;
        var whole = 0.0;
        for (var c = table.collateralStart[account]; c < table.collateralStart[account + 1]; c++) {
            whole += table.isCollateral(c) ? table.collateralUnits[c] : 0;
        }
        for (var c = table.collateralStart[account]; c < table.collateralStart[account + 1]; c++) {
            if (table.isCollateral(c)) {
                outcome.behind[table.collateralAsset[c]] += lost * (table.collateralUnits[c] / whole);
            }
        }
        return lost;
    }

    private int largestDebt(int account, double[] price) {
        var debt = state.debt(account);
        var best = table.debtStart[account];
        for (var d = best + 1; d < table.debtStart[account + 1]; d++) {
            if (debt[d] * price[table.debtAsset[d]] > debt[best] * price[table.debtAsset[best]]) {
                best = d;
            }
        }
        return best;
    }

    /** The largest seizable collateral that comes after the last one tried, the first among equals; −1 where there is none. */
    private int largestCollateral(int account, double[] price, double bound, int last) {
        var collateral = state.collateral(account);
        var best = -1;
        var most = 0.0;
        for (var c = table.collateralStart[account]; c < table.collateralStart[account + 1]; c++) {
            var held = collateral[c] * price[table.collateralAsset[c]];
            if (table.isCollateral(c) && held > most && (held < bound || (held == bound && c > last))) {
                best = c;
                most = held;
            }
        }
        return best;
    }
}

package plimsoll.risk.simulation;

import java.util.Arrays;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.strict.SeededRandom;

/**
 * One thread's simulator: a block of paths through the book. An account is looked at only in the steps in which the screen
 * cannot rule out that it is unhealthy; liquidations that move prices widen the screen for the rest of the path.
 */
final class BlockSimulation {

    private final PositionTable table;
    private final HealthScreen screen;
    private final KeeperBehaviour keeper;
    private final PathPrices prices;
    private final AccountState state;
    private final Liquidator liquidator;
    private final int steps;
    private final int assets;

    private final double[][] low;
    private final double[][] high;
    private final double[] bounds = new double[PathSource.BLOCK];
    private final long[][] suspects;
    private final double[] lowOfPath;
    private final double[] highOfPath;
    private final int[] groups;
    private int groupCount;
    private final int[] touched;
    private int touchedCount;
    private final int[] unhealthy;
    private final double[] health;
    private int unhealthyCount;

    BlockSimulation(
            PositionTable table, HealthScreen screen, SimulatedMarket market, SimulationSettings settings, int steps) {
        this.table = table;
        this.screen = screen;
        this.keeper = settings.keeper();
        this.steps = steps;
        assets = market.assets().size();
        prices = new PathPrices(market, settings.priceFeedback(), screen.assets);
        state = new AccountState(table);
        liquidator = new Liquidator(table, state, prices, market, keeper);
        low = new double[assets][PathSource.BLOCK];
        high = new double[assets][PathSource.BLOCK];
        suspects = new long[PathSource.BLOCK][(screen.groups + 63) / 64];
        lowOfPath = new double[assets];
        highOfPath = new double[assets];
        groups = new int[screen.groups];
        touched = new int[table.accounts];
        unhealthy = new int[table.accounts];
        health = new double[table.accounts];
    }

    BlockOutcome run(int number, PathBlock block) {
        var outcome = new BlockOutcome(block.count(), assets, steps);
        extremes(block);
        suspects(block.count());
        for (var path = 0; path < block.count(); path++) {
            follow(block, path, (long) number * PathSource.BLOCK + path, outcome);
        }
        return outcome;
    }

    /** The lowest and highest price of each asset on each path. */
    private void extremes(PathBlock block) {
        for (var asset : screen.assets) {
            var least = low[asset];
            var most = high[asset];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            Arrays.fill(most, 0);
            for (var step = 0; step < steps; step++) {
                var price = block.price(asset, step);
                for (var path = 0; path < PathSource.BLOCK; path++) {
                    least[path] = Math.min(least[path], price[path]);
                    most[path] = Math.max(most[path], price[path]);
                }
            }
        }
    }

    /** Marks, for each path, the groups whose first account could become unhealthy by the path's prices alone. */
    private void suspects(int count) {
        for (var path = 0; path < count; path++) {
            Arrays.fill(suspects[path], 0);
        }
        for (var group = 0; group < screen.groups; group++) {
            var worst = screen.memberHealth[screen.memberStart[group]];
            bounds(group);
            for (var path = 0; path < count; path++) {
                if (worst * bounds[path] < 1) {
                    suspects[path][group >> 6] |= 1L << group;
                }
            }
        }
    }

    /** The screen's bound of one group on every path of the block, column by column. */
    private void bounds(int group) {
        var from = screen.collateralStart[group];
        var to = screen.collateralStart[group + 1];
        if (from == to) {
            Arrays.fill(bounds, 0);
            return;
        }
        System.arraycopy(low[screen.collateralAsset[from]], 0, bounds, 0, bounds.length);
        for (var c = from + 1; c < to; c++) {
            var column = low[screen.collateralAsset[c]];
            for (var path = 0; path < bounds.length; path++) {
                bounds[path] = Math.min(bounds[path], column[path]);
            }
        }
        var first = screen.debtStart[group];
        var last = screen.debtStart[group + 1] - 1;
        if (first == last) {
            var column = high[screen.debtAsset[first]];
            for (var path = 0; path < bounds.length; path++) {
                bounds[path] = bounds[path] / column[path] * HealthScreen.GUARD;
            }
        } else {
            for (var path = 0; path < bounds.length; path++) {
                var most = 0.0;
                for (var d = first; d <= last; d++) {
                    most = Math.max(most, high[screen.debtAsset[d]][path]);
                }
                bounds[path] = bounds[path] / most * HealthScreen.GUARD;
            }
        }
    }

    private void follow(PathBlock block, int path, long number, BlockOutcome outcome) {
        groupCount = 0;
        for (var word = 0; word < suspects[path].length; word++) {
            for (var bits = suspects[path][word]; bits != 0; bits &= bits - 1) {
                groups[groupCount++] = (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        if (groupCount == 0) {
            return;
        }
        var allowed = 0.0;
        state.nextPath();
        prices.restart();
        touchedCount = 0;
        for (var step = 0; step < steps; step++) {
            prices.moveTo(block, path, step);
            findUnhealthy();
            if (unhealthyCount == 0) {
                continue;
            }
            sortByHealth();
            for (var i = 0; i < unhealthyCount; i++) {
                var account = unhealthy[i];
                if (step - state.unhealthySince(account, step) >= keeper.delaySteps()
                        && isServed(number, step, account)) {
                    serve(account, path, step, outcome);
                }
            }
            if (step == steps - 1) {
                for (var i = 0; i < unhealthyCount; i++) {
                    liquidator.latent(unhealthy[i], path, step, outcome);
                }
            }
            var deepest = prices.deepest();
            if (deepest > allowed) {
                // Twice as wide as needed, so that a path that goes on falling widens its screen a few times only.
                allowed = Math.min(2 * deepest, SaleImpact.WORST);
                widen(path, allowed);
            }
        }
    }

    private void findUnhealthy() {
        unhealthyCount = 0;
        var price = prices.read();
        for (var g = 0; g < groupCount; g++) {
            var group = groups[g];
            var bound = screen.bound(group, price);
            for (var m = screen.memberStart[group];
                    m < screen.memberStart[group + 1] && screen.memberHealth[m] * bound < 1;
                    m++) {
                if (!state.isTouched(screen.member[m])) {
                    look(screen.member[m], price);
                }
            }
        }
        for (var t = 0; t < touchedCount; t++) {
            look(touched[t], price);
        }
    }

    private void look(int account, double[] price) {
        state.value(account, price);
        if (state.weighted < state.owed) {
            health[unhealthyCount] = state.weighted / state.owed;
            unhealthy[unhealthyCount++] = account;
        }
    }

    private void serve(int account, int path, int step, BlockOutcome outcome) {
        var before = state.isTouched(account);
        liquidator.liquidate(account, path, step, outcome);
        if (!before && state.isTouched(account)) {
            touched[touchedCount++] = account;
        }
    }

    /** Chance that belongs to the path, the step and the account alone, so that any parameters meet the same. */
    private boolean isServed(long number, int step, int account) {
        if (keeper.serviceShare() >= 1) {
            return true;
        }
        var random = new SeededRandom(keeper.seed(), (number * steps + step) * table.accounts + account);
        return random.nextDouble() < keeper.serviceShare();
    }

    /** Least healthy first, then by account. */
    private void sortByHealth() {
        if (unhealthyCount > 32) {
            sortLong();
            return;
        }
        for (var i = 1; i < unhealthyCount; i++) {
            var account = unhealthy[i];
            var own = health[i];
            var at = i;
            while (at > 0 && (health[at - 1] > own || (health[at - 1] == own && unhealthy[at - 1] > account))) {
                health[at] = health[at - 1];
                unhealthy[at] = unhealthy[at - 1];
                at--;
            }
            health[at] = own;
            unhealthy[at] = account;
        }
    }

    private void sortLong() {
        var order = new Integer[unhealthyCount];
        for (var i = 0; i < order.length; i++) {
            order[i] = i;
        }
        var accounts = Arrays.copyOf(unhealthy, unhealthyCount);
        var factors = Arrays.copyOf(health, unhealthyCount);
        Arrays.sort(order, (a, b) -> {
            var byHealth = Double.compare(factors[a], factors[b]);
            return byHealth != 0 ? byHealth : Integer.compare(accounts[a], accounts[b]);
        });
        for (var i = 0; i < order.length; i++) {
            unhealthy[i] = accounts[order[i]];
        }
    }

    private void widen(int path, double allowed) {
        for (var asset : screen.assets) {
            lowOfPath[asset] = low[asset][path] * (1 - allowed);
            highOfPath[asset] = high[asset][path];
        }
        groupCount = 0;
        for (var group = 0; group < screen.groups; group++) {
            if (screen.memberHealth[screen.memberStart[group]] * screen.bound(group, lowOfPath, highOfPath) < 1) {
                groups[groupCount++] = group;
            }
        }
    }
}

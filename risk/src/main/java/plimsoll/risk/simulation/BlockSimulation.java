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
    private final PathScreen ofPath;
    private final KeeperBehaviour keeper;
    private final PathPrices prices;
    private final AccountState state;
    private final Liquidator liquidator;
    private final int steps;
    private final int assets;
    private final double[] depths;
    private final int[] unhealthy;
    private final double[] health;
    private int unhealthyCount;

    BlockSimulation(PreparedBook book, SimulatedMarket market, SimulationSettings settings, int steps) {
        this.table = book.table();
        this.keeper = settings.keeper();
        this.steps = steps;
        assets = market.assets().size();
        screen = new HealthScreen(book, assets, steps);
        prices = new PathPrices(market, settings.priceFeedback(), book.assets(), steps);
        state = new AccountState(table);
        ofPath = new PathScreen(book, screen, state, prices, assets, steps);
        liquidator = new Liquidator(table, state, prices, market, keeper);
        depths = new double[assets];
        unhealthy = new int[table.accounts];
        health = new double[table.accounts];
    }

    BlockOutcome run(int number, PathBlock block) {
        var outcome = new BlockOutcome(block.count(), assets, steps);
        Arrays.fill(depths, 0);
        screen.prepare(block);
        for (var path = 0; path < block.count(); path++) {
            if (!screen.isSafe(path)) {
                prices.follow(block, path);
                follow(path, (long) number * PathSource.BLOCK + path, outcome);
                ofPath.addDepths(depths);
            }
        }
        screen.learn(depths, block.count());
        return outcome;
    }

    private void follow(int path, long number, BlockOutcome outcome) {
        state.nextPath();
        ofPath.follow(path);
        for (var step = 0; step < steps; step++) {
            prices.moveTo(step);
            ofPath.moveTo(step);
            findUnhealthy();
            if (unhealthyCount == 0) {
                continue;
            }
            sortByHealth();
            for (var i = 0; i < unhealthyCount; i++) {
                var account = unhealthy[i];
                if (step - state.unhealthySince(account, step) >= keeper.delaySteps()
                        && isServed(number, step, account)) {
                    liquidator.liquidate(account, path, step, outcome);
                }
            }
            if (step == steps - 1) {
                for (var i = 0; i < unhealthyCount; i++) {
                    liquidator.latent(unhealthy[i], path, step, outcome);
                }
            }
            if (prices.isPressed()) {
                ofPath.widen(step, unhealthy, unhealthyCount);
            }
        }
    }

    private void findUnhealthy() {
        unhealthyCount = 0;
        var price = prices.read();
        for (var i = 0; i < ofPath.activeCount; i++) {
            look(ofPath.active[i], price);
        }
    }

    private void look(int account, double[] price) {
        state.value(account, price);
        if (state.weighted < state.owed) {
            health[unhealthyCount] = state.weighted / state.owed;
            unhealthy[unhealthyCount++] = account;
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
}

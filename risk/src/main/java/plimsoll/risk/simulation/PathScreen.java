package plimsoll.risk.simulation;

/**
 * The screen of one path: who is in danger within the next few steps. Where sales press a price further than was allowed
 * for, it lets in who that could endanger; an account that was liquidated is asked with what it has left.
 */
final class PathScreen {

    private final PreparedBook book;
    private final HealthScreen screen;
    private final AccountState state;
    private final PathPrices prices;
    private final int steps;
    private final int windows;
    private final double[] allowed;
    private final double[] deepest;
    private final double[] low;
    private final double[] high;
    private final double[][] lowInWindow;
    private final double[][] highInWindow;
    private int pathInBlock;
    private int path;
    private boolean hasExtremes;
    private double lowest;
    private double highest;

    /** Accounts that the block's screen no longer speaks for: liquidated ones, and those that sales could endanger. */
    private final int[] own;

    private int ownCount;
    private final int[] ownIn;

    /** Accounts to be looked at exactly in each step of the present window. */
    final int[] active;

    int activeCount;

    PathScreen(PreparedBook book, HealthScreen screen, AccountState state, PathPrices prices, int assets, int steps) {
        this.book = book;
        this.screen = screen;
        this.state = state;
        this.prices = prices;
        this.steps = steps;
        windows = (steps + HealthScreen.WINDOW - 1) / HealthScreen.WINDOW;
        allowed = new double[assets];
        deepest = new double[assets];
        low = new double[assets];
        high = new double[assets];
        lowInWindow = new double[windows][assets];
        highInWindow = new double[windows][assets];
        own = new int[book.table().accounts];
        ownIn = new int[book.table().accounts];
        active = new int[book.table().accounts];
    }

    void follow(int number) {
        path++;
        pathInBlock = number;
        ownCount = 0;
        hasExtremes = false;
        for (var asset : book.assets()) {
            allowed[asset] = screen.allowed(asset);
            deepest[asset] = 0;
        }
    }

    void moveTo(int step) {
        if (step % HealthScreen.WINDOW == 0) {
            select(step / HealthScreen.WINDOW);
        }
    }

    private void select(int window) {
        var marked = screen.suspectsOn(pathInBlock, window, active);
        activeCount = 0;
        for (var i = 0; i < marked; i++) {
            if (ownIn[active[i]] != path) {
                active[activeCount++] = active[i];
            }
        }
        for (var i = 0; i < ownCount; i++) {
            if (isInDanger(own[i], lowInWindow[window], highInWindow[window])) {
                active[activeCount++] = own[i];
            }
        }
    }

    private boolean isInDanger(int account, double[] lows, double[] highs) {
        return book.table().isInDanger(account, state.collateral(account), state.debt(account), lows, highs);
    }

    /** Notes what the step has done to accounts and prices; to be called after every step in which sales press. */
    void widen(int step, int[] unhealthy, int unhealthyCount) {
        if (!hasExtremes) {
            extremes();
        }
        for (var i = 0; i < unhealthyCount; i++) {
            if (state.isTouched(unhealthy[i])) {
                own(unhealthy[i]);
            }
        }
        var isWider = false;
        for (var asset : book.assets()) {
            var depth = prices.depth(asset);
            if (depth > deepest[asset]) {
                deepest[asset] = depth;
                if (depth > allowed[asset]) {
                    // Twice as wide as needed, so that a price that goes on falling widens its screen a few times only.
                    widen(asset, Math.min(2 * depth, SaleImpact.WORST));
                    isWider = true;
                }
            }
        }
        if (isWider && step + 1 < steps && (step + 1) % HealthScreen.WINDOW != 0) {
            select(step / HealthScreen.WINDOW);
        }
    }

    private void own(int account) {
        if (ownIn[account] != path) {
            ownIn[account] = path;
            own[ownCount++] = account;
        }
    }

    private void extremes() {
        hasExtremes = true;
        lowest = Double.POSITIVE_INFINITY;
        highest = 0;
        for (var asset : book.assets()) {
            low[asset] = Double.POSITIVE_INFINITY;
            high[asset] = 0;
            for (var window = 0; window < windows; window++) {
                lowInWindow[window][asset] = screen.low(pathInBlock, asset, window);
                highInWindow[window][asset] = screen.high(pathInBlock, asset, window);
                low[asset] = Math.min(low[asset], lowInWindow[window][asset]);
                high[asset] = Math.max(high[asset], highInWindow[window][asset]);
            }
            lowest = Math.min(lowest, low[asset]);
            highest = Math.max(highest, high[asset]);
        }
    }

    private void widen(int asset, double wider) {
        allowed[asset] = wider;
        low[asset] = Double.POSITIVE_INFINITY;
        for (var window = 0; window < windows; window++) {
            var least = Double.POSITIVE_INFINITY;
            var end = Math.min(steps, (window + 1) * HealthScreen.WINDOW);
            for (var step = window * HealthScreen.WINDOW; step < end; step++) {
                least = Math.min(least, prices.undisturbed(asset, step));
            }
            lowInWindow[window][asset] = least * (1 - wider);
            low[asset] = Math.min(low[asset], lowInWindow[window][asset]);
        }
        lowest = Math.min(lowest, low[asset]);
        letIn(asset);
    }

    private void letIn(int asset) {
        var factor = lowest / highest * HealthScreen.GUARD;
        for (var account : book.holders(asset)) {
            if (book.table().healthFactor[account] * factor >= 1) {
                return;
            }
            if (ownIn[account] != path && isInDanger(account, low, high)) {
                own(account);
            }
        }
    }

    /** Adds how deep this path's sales have pressed each price. */
    void addDepths(double[] sums) {
        for (var asset : book.assets()) {
            sums[asset] += deepest[asset];
        }
    }
}

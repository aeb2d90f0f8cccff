package plimsoll.risk.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.SimulatedBook.Account;
import plimsoll.risk.simulation.SimulatedBook.Collateral;
import plimsoll.risk.simulation.SimulatedBook.Debt;
import plimsoll.risk.strict.SeededRandom;

/** The simulation as its page tells it, every account in every step of every path: slow, and easy to read. */
final class PlainSimulation {

    private final SimulatedMarket market;
    private final SimulatedBook book;
    private final SimulationSettings settings;

    double[] badDebt = {};
    double[] liquidated = {};
    double[] calls = {};

    PlainSimulation(SimulatedMarket market, SimulatedBook book, SimulationSettings settings) {
        this.market = market;
        this.book = book;
        this.settings = settings;
    }

    void run(PathSource paths) {
        badDebt = new double[paths.paths()];
        liquidated = new double[paths.paths()];
        calls = new double[paths.paths()];
        var block = PathBlock.of(paths);
        for (var path = 0; path < paths.paths(); path++) {
            if (path % PathSource.BLOCK == 0) {
                paths.fill(path / PathSource.BLOCK, block);
            }
            new OnePath(path, paths.steps()).follow(block);
        }
    }

    /** An account with amounts that change. */
    private static final class Position {
        final int number;
        final List<Collateral> collateral;
        final List<Debt> debt;
        final double[] units;
        final double[] owing;
        int unhealthyFor;
        double health;

        Position(int number, Account account) {
            this.number = number;
            collateral = account.collateral();
            debt = account.debt();
            units = collateral.stream().mapToDouble(Collateral::value).toArray();
            owing = debt.stream().mapToDouble(Debt::value).toArray();
        }
    }

    private final class OnePath {

        private final int path;
        private final int steps;
        private final List<Position> positions = new ArrayList<>();
        private final TreeMap<Integer, Double> pressure = new TreeMap<>();
        private double[] plain = {};
        private double[] price = {};

        OnePath(int path, int steps) {
            this.path = path;
            this.steps = steps;
            for (var a = 0; a < book.accounts(); a++) {
                positions.add(new Position(a, book.account(a)));
            }
        }

        void follow(PathBlock block) {
            for (var step = 0; step < steps; step++) {
                move(block, step);
                var waiting = new ArrayList<Position>();
                for (var position : positions) {
                    if (weighted(position) < owed(position)) {
                        position.unhealthyFor++;
                        position.health = weighted(position) / owed(position);
                        waiting.add(position);
                    } else {
                        position.unhealthyFor = 0;
                    }
                }
                waiting.sort(Comparator.comparingDouble((Position position) -> position.health)
                        .thenComparingInt(position -> position.number));
                for (var position : waiting) {
                    if (position.unhealthyFor > settings.keeper().delaySteps() && served(step, position.number)) {
                        liquidate(position);
                    }
                }
                if (step == steps - 1) {
                    waiting.forEach(this::latent);
                }
            }
        }

        private void move(PathBlock block, int step) {
            plain = new double[market.assets().size()];
            price = new double[market.assets().size()];
            for (var a = 0; a < price.length; a++) {
                var asset = market.assets().get(a);
                plain[a] = block.price(a, step)[path % PathSource.BLOCK];
                var left = pressure.getOrDefault(a, 0.0) * asset.resilience();
                pressure.put(a, left);
                price[a] = plain[a]
                        * (1 - settings.priceFeedback() * asset.impact().average(left));
            }
        }

        private boolean served(int step, int account) {
            var keeper = settings.keeper();
            var stream = ((long) path * steps + step) * book.accounts() + account;
            return keeper.serviceShare() >= 1
                    || new SeededRandom(keeper.seed(), stream).nextDouble() < keeper.serviceShare();
        }

        private double weighted(Position position) {
            var sum = 0.0;
            for (var c = 0; c < position.units.length; c++) {
                sum += position.units[c] * price[position.collateral.get(c).asset()] * threshold(position, c);
            }
            return sum;
        }

        private double owed(Position position) {
            var sum = 0.0;
            for (var d = 0; d < position.owing.length; d++) {
                sum += position.owing[d] * price[position.debt.get(d).asset()];
            }
            return sum;
        }

        private double threshold(Position position, int c) {
            return terms(position, c).liquidationThreshold();
        }

        private CollateralTerms terms(Position position, int c) {
            var entry = position.collateral.get(c);
            return entry.eMode() < 0
                    ? market.assets().get(entry.asset()).terms()
                    : market.eModes().get(entry.eMode());
        }

        private void liquidate(Position position) {
            for (var call = 0; call < 16; call++) {
                if (!(weighted(position) < owed(position)) || !callOnce(position)) {
                    return;
                }
            }
        }

        private boolean callOnce(Position position) {
            var d = 0;
            for (var other = 1; other < position.owing.length; other++) {
                if (position.owing[other] * price[position.debt.get(other).asset()]
                        > position.owing[d] * price[position.debt.get(d).asset()]) {
                    d = other;
                }
            }
            var order = new ArrayList<Integer>();
            for (var c = 0; c < position.units.length; c++) {
                if (threshold(position, c) > 0 && held(position, c) > 0) {
                    order.add(c);
                }
            }
            order.sort(Comparator.comparingDouble((Integer c) -> -held(position, c))
                    .thenComparingInt(c -> c));
            for (var c : order) {
                if (callOn(position, c, d)) {
                    return true;
                }
            }
            return false;
        }

        private double held(Position position, int c) {
            return position.units[c] * price[position.collateral.get(c).asset()];
        }

        private boolean callOn(Position position, int c, int d) {
            var held = held(position, c);
            var debt = position.owing[d] * price[position.debt.get(d).asset()];
            var all = owed(position);
            var health = weighted(position) / all;
            var factor = 1 + terms(position, c).liquidationBonus();
            var wanted = health <= 0.95 || held < 2000 || debt < 2000 ? debt : Math.min(debt, 0.5 * all);
            for (var halving = 0; halving < 6; halving++) {
                var repaid = wanted;
                var taken = wanted * factor;
                if (taken > held) {
                    taken = held;
                    repaid = held / factor;
                }
                if (held - taken > 0 && debt - repaid > 0 && (held - taken < 1000 || debt - repaid < 1000)) {
                    repaid = Math.max(0, Math.min(repaid, Math.min(debt - 1000, (held - 1000) / factor)));
                    taken = repaid * factor;
                }
                if (repaid > 0 && sold(position, c, repaid, taken, factor)) {
                    position.units[c] = taken >= held
                            ? 0
                            : position.units[c]
                                    - taken / price[position.collateral.get(c).asset()];
                    position.owing[d] = repaid >= debt
                            ? 0
                            : position.owing[d]
                                    - repaid / price[position.debt.get(d).asset()];
                    liquidated[path] += taken;
                    calls[path]++;
                    writeOffIfEmpty(position);
                    return true;
                }
                wanted = repaid / 2;
            }
            return false;
        }

        private boolean sold(Position position, int c, double repaid, double taken, double factor) {
            var number = position.collateral.get(c).asset();
            var asset = market.assets().get(number);
            var fee = asset.protocolFeeShare() * (taken - taken / factor);
            var size = (taken - fee) / price[number] * plain[number];
            var before = pressure.getOrDefault(number, 0.0);
            var proceeds = size - asset.impact().cost(before, size);
            if (proceeds < repaid * (1 + settings.keeper().minimumMargin()) + asset.gasPerLiquidation()) {
                return false;
            }
            pressure.put(number, before + size);
            return true;
        }

        private void writeOffIfEmpty(Position position) {
            for (var c = 0; c < position.units.length; c++) {
                if (threshold(position, c) > 0 && position.units[c] > 0) {
                    return;
                }
            }
            badDebt[path] += writeOff(position, 1);
        }

        private void latent(Position position) {
            var recoverable = 0.0;
            for (var c = 0; c < position.units.length; c++) {
                if (threshold(position, c) > 0) {
                    recoverable += held(position, c) / (1 + terms(position, c).liquidationBonus());
                }
            }
            var owed = owed(position);
            if (weighted(position) < owed && recoverable < owed) {
                badDebt[path] += writeOff(position, (owed - recoverable) / owed);
            }
        }

        private double writeOff(Position position, double share) {
            var lost = 0.0;
            for (var d = 0; d < position.owing.length; d++) {
                lost += position.owing[d] * price[position.debt.get(d).asset()] * share;
                position.owing[d] = 0;
            }
            return lost;
        }
    }
}

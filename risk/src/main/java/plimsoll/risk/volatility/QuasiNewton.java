package plimsoll.risk.volatility;

import java.util.Arrays;
import org.ddogleg.optimization.FactoryOptimization;
import org.ddogleg.optimization.functions.FunctionNtoN;
import org.ddogleg.optimization.functions.FunctionNtoS;

/** BFGS down to the lowest point it saw: ddogleg's, guarded against points without a finite value. */
final class QuasiNewton {

    private static final int MOST_STEPS = 200;
    /** What a point without a finite value counts as: worse than any start. */
    private static final double NOWHERE = 1e10;

    /** Something smooth to make small. */
    interface Objective {

        /** The value at x, whose gradient it leaves in the second array; not finite where there is none. */
        double at(double[] x, double[] gradient);
    }

    /** The lowest point and the steps it took. */
    static final class Minimum {

        final double[] x;
        final int steps;

        private Minimum(double[] x, int steps) {
            this.x = x;
            this.steps = steps;
        }
    }

    private QuasiNewton() {}

    static Minimum minimize(Objective objective, double[] start, double functionTolerance, double gradientTolerance) {
        var memory = new Memory(objective, start.length);
        var steps = 0;
        try {
            var minimizer = FactoryOptimization.quasiNewtonBfgs(null);
            minimizer.setFunction(memory, memory.new Gradient(), Double.NEGATIVE_INFINITY);
            minimizer.initialize(start, functionTolerance, gradientTolerance);
            while (steps < MOST_STEPS && !minimizer.iterate()) {
                steps++;
            }
        } catch (RuntimeException lineSearchGaveUp) {
            // The best point seen so far is where Newton's method takes over; it decides whether we converged.
            steps++;
        }
        return new Minimum(memory.best.length == 0 ? start : memory.best, steps);
    }

    /** Remembers the last point, which is asked for value and gradient, and the best, which a line search may leave again. */
    private static final class Memory implements FunctionNtoS {

        private final Objective objective;
        private double[] current = {};
        private double currentValue;
        private final double[] gradient;
        private double[] best = {};
        private double bestValue = Double.POSITIVE_INFINITY;

        private Memory(Objective objective, int size) {
            this.objective = objective;
            gradient = new double[size];
        }

        @Override
        public int getNumOfInputsN() {
            return gradient.length;
        }

        @Override
        public double process(double[] x) {
            evaluate(x);
            return currentValue;
        }

        private void evaluate(double[] x) {
            if (Arrays.equals(x, current)) {
                return;
            }
            current = x.clone();
            currentValue = objective.at(x, gradient);
            if (!Double.isFinite(currentValue)) {
                Arrays.fill(gradient, 0);
                currentValue = NOWHERE;
            } else if (currentValue < bestValue) {
                bestValue = currentValue;
                best = current;
            }
        }

        private final class Gradient implements FunctionNtoN {

            @Override
            public int getN() {
                return gradient.length;
            }

            @Override
            public void process(double[] x, double[] output) {
                evaluate(x);
                System.arraycopy(gradient, 0, output, 0, output.length);
            }
        }
    }
}

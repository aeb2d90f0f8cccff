package plimsoll.risk.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.stress.HypotheticalShock.Course;
import plimsoll.risk.stress.StressedAsset.Kind;

/**
 * A named shock: an incident that happened somewhere, told as what it does to prices.
 *
 * @param what happened, and which of its numbers are chosen rather than observed
 * @param arrival how long the shock takes; zero is at once
 * @param isControl one that markets have borne without bad debt: a parameter set that is tightened because of it is too tight
 */
public record Scenario(String name, String what, Strikes strikes, Duration arrival, boolean isControl) {

    /** Whom a scenario strikes. */
    public sealed interface Strikes {

        /** All assets of these kinds together, by these factors; the others stand. */
        record Together(Map<Kind, Double> factors) implements Strikes {
            public Together {
                factors = Map.copyOf(factors);
            }
        }

        /** Each asset of one kind alone, all others standing: as many shocks as the book has such assets. */
        record Alone(Kind kind, double factor) implements Strikes {}
    }

    /** The scenario as it would meet a book: one shock, or one for each asset that it may strike alone. */
    public List<Shock> shocks(List<StressedAsset> assets, Duration step, int steps) {
        var arrivalSteps = Math.max(1, Math.toIntExact(Math.ceilDiv(arrival.toMillis(), step.toMillis())));
        var course = Course.linear(arrivalSteps, Math.max(steps, arrivalSteps));
        var shocks = new ArrayList<Shock>();
        switch (strikes) {
            case Strikes.Together together -> {
                var factors = new double[assets.size()];
                for (var i = 0; i < factors.length; i++) {
                    factors[i] = together.factors().getOrDefault(assets.get(i).kind(), 1.0);
                }
                if (Arrays.stream(factors).anyMatch(factor -> factor != 1)) {
                    shocks.add(new Shock(name, HypotheticalShock.of(factors, course)));
                }
            }
            case Strikes.Alone alone -> {
                for (var i = 0; i < assets.size(); i++) {
                    if (assets.get(i).kind() == alone.kind()) {
                        var factors = HypotheticalShock.single(assets.size(), i, alone.factor());
                        shocks.add(
                                new Shock(name + " " + assets.get(i).symbol(), HypotheticalShock.of(factors, course)));
                    }
                }
            }
        }
        return List.copyOf(shocks);
    }

    /** One shock of a scenario. */
    public record Shock(String name, PathSource path) {}
}

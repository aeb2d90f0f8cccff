package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;

/**
 * Which sales to ask the price of, so that a few quotes tell what any sale of the block brings: even steps up to everything that could
 * be seized on a route, halves of the first step, and, while they are few, the sums at which accounts would be sold one after another.
 *
 * <p>Straight lines between eight steps lie below a pool's own curve by at most 1/256 of what slippage takes at the full amount.
 */
public final class Ladder {

    private static final int STEPS = 8;
    private static final int HALVINGS = 5;
    private static final int MOST_SUMS = 16;
    private static final Bps HALF = new Bps(5_000);

    private Ladder() {}

    /** The amounts to quote for each route on which something has to be sold, by ascending amount. */
    public static Map<Route, List<TokenAmount>> rungs(List<Opportunity> opportunities) {
        Map<Route, List<TokenAmount>> received = new LinkedHashMap<>();
        for (Opportunity opportunity : opportunities) {
            if (!opportunity.needsNoSale() && !opportunity.received().isZero()) {
                received.computeIfAbsent(Route.of(opportunity), _ -> new ArrayList<>())
                        .add(opportunity.received());
            }
        }
        Map<Route, List<TokenAmount>> rungs = new LinkedHashMap<>();
        received.forEach((route, amounts) -> rungs.put(route, rungsOf(amounts)));
        return rungs;
    }

    private static List<TokenAmount> rungsOf(List<TokenAmount> amounts) {
        TreeSet<TokenAmount> rungs = new TreeSet<>();
        List<TokenAmount> largestFirst = new ArrayList<>(amounts);
        largestFirst.sort(Comparator.reverseOrder());
        TokenAmount sum = TokenAmount.zero(amounts.getFirst().decimals());
        for (TokenAmount amount : largestFirst) {
            sum = sum.plus(amount);
            if (amounts.size() <= MOST_SUMS) {
                rungs.add(sum);
                rungs.add(amount);
            }
        }
        for (int step = 1; step <= STEPS; step++) {
            rungs.add(sum.times(new Bps(10_000 * step / STEPS), RoundingMode.CEILING));
        }
        TokenAmount half = sum.times(new Bps(10_000 / STEPS), RoundingMode.CEILING);
        for (int i = 0; i < HALVINGS; i++) {
            half = half.times(HALF, RoundingMode.CEILING);
            rungs.add(half);
        }
        return List.copyOf(rungs);
    }
}

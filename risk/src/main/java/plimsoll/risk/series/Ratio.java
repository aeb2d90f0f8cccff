package plimsoll.risk.series;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * What is a token worth that is quoted in another token, such as staked ether in ether?
 *
 * <p>P(t) = r(s) · b(u),  s = last time of r not after t,  u = last time of b not after t,  t − s ≤ A_r,  t − u ≤ A_b
 *
 * <p>r exchange rate (base tokens for one token); b price of the base; A_r and A_b the oldest that either may be. P is
 * asked at every time of either series and left out where one of them is unknown or too old: nothing is carried forward
 * beyond its age, and nothing is taken from after t.
 *
 * <p>Source: docs/models/series-findings.md, equation 1.
 */
public final class Ratio {

    private Ratio() {}

    /** One factor and how old its last observation may be; an age of zero asks for one at the very time. */
    public record Leg(PriceSeries series, Duration oldest) {

        public Leg {
            if (oldest.isNegative()) {
                throw new IllegalArgumentException("oldest age is negative: found=" + oldest);
            }
        }
    }

    public static PriceSeries times(Leg rate, Leg base) {
        var moments = new TreeSet<Instant>(rate.series().times());
        moments.addAll(base.series().times());
        var times = new ArrayList<Instant>();
        var prices = new double[moments.size()];
        var nextRate = 0;
        var nextBase = 0;
        for (var moment : moments) {
            nextRate = firstAfter(rate.series(), nextRate, moment);
            nextBase = firstAfter(base.series(), nextBase, moment);
            if (isKnown(rate, nextRate - 1, moment) && isKnown(base, nextBase - 1, moment)) {
                prices[times.size()] =
                        rate.series().price(nextRate - 1) * base.series().price(nextBase - 1);
                times.add(moment);
            }
        }
        return PriceSeries.of(times, Arrays.copyOf(prices, times.size()));
    }

    private static int firstAfter(PriceSeries series, int from, Instant moment) {
        var index = from;
        while (index < series.size() && !series.time(index).isAfter(moment)) {
            index++;
        }
        return index;
    }

    private static boolean isKnown(Leg leg, int index, Instant moment) {
        return index >= 0 && Duration.between(leg.series().time(index), moment).compareTo(leg.oldest()) <= 0;
    }
}

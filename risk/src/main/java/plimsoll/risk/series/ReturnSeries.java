package plimsoll.risk.series;

import java.time.Instant;
import java.util.List;
import plimsoll.risk.series.PriceSeries.Gap;

/** Log returns (fractions, not percent) in time order, and the gaps of the prices they came from. */
public final class ReturnSeries {

    private final List<Instant> times;
    private final double[] logReturns;
    private final List<Gap> gaps;

    ReturnSeries(List<Instant> times, double[] logReturns, List<Gap> gaps) {
        this.times = List.copyOf(times);
        this.logReturns = logReturns.clone();
        this.gaps = List.copyOf(gaps);
    }

    public int size() {
        return logReturns.length;
    }

    public Instant time(int index) {
        return times.get(index);
    }

    public double logReturn(int index) {
        return logReturns[index];
    }

    public List<Instant> times() {
        return times;
    }

    public double[] logReturns() {
        return logReturns.clone();
    }

    /** Where the prices had gaps; whether returns across them are among these is the policy that made the series. */
    public List<Gap> gaps() {
        return gaps;
    }
}

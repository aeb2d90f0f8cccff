package plimsoll.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.StudentT;

/** Synthetic truth: returns made by a known process from a seed. */
public final class Samples {

    public static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    private Samples() {}

    /** Daily GARCH(1,1) with t₅ innovations: ω 2e-5, α 0.08, β 0.90, about 3 % a day. */
    public static double[] garchT(int size, long seed) {
        var random = new SeededRandom(seed);
        var returns = new double[size];
        var h = 1e-3;
        for (var t = 0; t < size; t++) {
            returns[t] = Math.sqrt(h * 3 / 5) * StudentT.quantile(random.nextDouble(), 5);
            h = 2e-5 + 0.08 * returns[t] * returns[t] + 0.90 * h;
        }
        return returns;
    }

    public static ReturnSeries daily(double[] logReturns) {
        var times = new ArrayList<Instant>();
        var prices = new double[logReturns.length + 1];
        var logPrice = 0.0;
        for (var t = 0; t <= logReturns.length; t++) {
            times.add(START.plus(Duration.ofDays(t)));
            prices[t] = StrictMath.exp(logPrice);
            logPrice += t < logReturns.length ? logReturns[t] : 0;
        }
        return PriceSeries.of(times, prices).logReturns(Duration.ofDays(1), GapPolicy.EXCLUDE);
    }
}

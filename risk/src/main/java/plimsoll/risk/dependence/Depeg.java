package plimsoll.risk.dependence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How often does a pegged asset break from its base, and how far does it fall? An episode begins when the ratio to the
 * base falls below 1 − θ and ends when it is back above 1 − θ/2; its size is the logarithm of its lowest ratio. With k
 * episodes of sizes s in T years:
 *
 * <pre>
 * intensity = (k + ½)/T a year,   P(one in Δ) = 1 − exp(−intensity·Δ)                                 (3)
 * mean = mean of s,  deviation = root of their mean squared distance with divisor k − 1                (4)
 * </pre>
 *
 * The half episode is the rule of Jeffreys: a peg that held so far is not one that cannot break. With one episode the
 * deviation is half its size; with none the size is twice the threshold, ln(1 − 2θ), and the deviation half of that.
 * Pegs of one kind are pooled, since each breaks too rarely to speak for itself.
 *
 * <p>Source: docs/models/stress-regimes.md, equations 3 and 4.
 */
public final class Depeg {

    /** Below its peg by this share, an asset is off it: the flag that risk managers of lending markets use. */
    public static final double USUAL_THRESHOLD = 0.02;

    private static final double SECONDS_PER_YEAR = 365.25 * 86_400;

    private final List<Episode> episodes;
    private final double years;
    private final double threshold;

    private Depeg(List<Episode> episodes, double years, double threshold) {
        this.episodes = List.copyOf(episodes);
        this.years = years;
        this.threshold = threshold;
    }

    /**
     * Reads episodes from ratios in time order.
     *
     * @param ratios price over what the peg promises: 1 is par
     */
    public static Depeg of(List<Instant> times, double[] ratios, double threshold) {
        if (times.size() != ratios.length
                || ratios.length < 2
                || !times.getLast().isAfter(times.getFirst())) {
            throw new IllegalArgumentException(
                    "ratios do not fit: times=%d ratios=%d".formatted(times.size(), ratios.length));
        }
        if (!(threshold > 0 && threshold < 0.5)) {
            throw new IllegalArgumentException("threshold is outside (0, 0.5): found=" + threshold);
        }
        var episodes = new ArrayList<Episode>();
        var lowest = -1;
        for (var k = 0; k < ratios.length; k++) {
            if (!(ratios[k] > 0)) {
                throw new IllegalArgumentException(
                        "ratio is not positive: at=%s found=%s".formatted(times.get(k), ratios[k]));
            }
            if (lowest >= 0 && ratios[k] > 1 - threshold / 2) {
                episodes.add(new Episode(times.get(lowest), ratios[lowest]));
                lowest = -1;
            } else if (lowest >= 0 ? ratios[k] < ratios[lowest] : ratios[k] < 1 - threshold) {
                lowest = k;
            }
        }
        if (lowest >= 0) {
            episodes.add(new Episode(times.get(lowest), ratios[lowest]));
        }
        return new Depeg(episodes, years(Duration.between(times.getFirst(), times.getLast())), threshold);
    }

    /** What pegs of one kind say together: their episodes over the sum of their years. */
    public static Depeg pooled(List<Depeg> pegs) {
        if (pegs.isEmpty()) {
            throw new IllegalArgumentException("no pegs to pool");
        }
        return new Depeg(
                pegs.stream().flatMap(peg -> peg.episodes.stream()).toList(),
                pegs.stream().mapToDouble(peg -> peg.years).sum(),
                pegs.stream().mapToDouble(peg -> peg.threshold).max().orElseThrow());
    }

    private static double years(Duration duration) {
        return duration.toSeconds() / SECONDS_PER_YEAR;
    }

    public List<Episode> episodes() {
        return episodes;
    }

    /** T of equation 3. */
    public double years() {
        return years;
    }

    public double annualIntensity() {
        return (episodes.size() + 0.5) / years;
    }

    /** The probability of an episode within a step of a path. */
    public double probabilityWithin(Duration step) {
        return -StrictMath.expm1(-annualIntensity() * years(step));
    }

    /** Of the log ratio at the low; negative. */
    public double meanLogSize() {
        return episodes.isEmpty()
                ? StrictMath.log1p(-2 * threshold)
                : episodes.stream().mapToDouble(Episode::logSize).sum() / episodes.size();
    }

    public double deviationOfLogSize() {
        var mean = meanLogSize();
        if (episodes.size() < 2) {
            return -mean / 2;
        }
        var squares = episodes.stream()
                .mapToDouble(episode -> (episode.logSize() - mean) * (episode.logSize() - mean))
                .sum();
        return Math.sqrt(squares / (episodes.size() - 1));
    }

    /** The lowest ratio of one break, and when it was. */
    public record Episode(Instant low, double ratio) {

        double logSize() {
            return StrictMath.log(ratio);
        }
    }
}

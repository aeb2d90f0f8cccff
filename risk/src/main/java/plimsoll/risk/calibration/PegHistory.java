package plimsoll.risk.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * How well an asset has kept its peg: every time that its ratio to par stood off by a band for some days.
 *
 * @param seconds observed, from the first ratio to the last
 * @param depegs in time order
 */
public record PegHistory(long seconds, List<Depeg> depegs) {

    private static final long DAY = 86_400;

    public PegHistory {
        depegs = List.copyOf(depegs);
    }

    /**
     * One time off the peg.
     *
     * @param from epoch second of the first ratio beyond the band
     * @param to epoch second of the first ratio back within it, or of the last one observed
     * @param worst largest distance from par, a fraction
     */
    public record Depeg(long from, long to, double worst) {}

    /**
     * Lines of the rule.
     *
     * @param band distance from par that counts
     * @param days that a ratio must stay beyond it
     * @param daysOfPeg that must have passed since, or since the first observation
     */
    public record Rule(double band, int days, int daysOfPeg) {

        /** LlamaRisk's: 2 % for 2 days is a depeg; six months of peg for an efficiency mode. */
        public static Rule standard() {
            return new Rule(0.02, 2, 183);
        }
    }

    /**
     * Looks for depegs.
     *
     * @param times epoch seconds, ascending
     * @param ratios price over par at those times: 1 on the peg
     */
    public static PegHistory of(long[] times, double[] ratios, Rule rule) {
        if (times.length != ratios.length || times.length == 0) {
            throw new IllegalArgumentException(
                    "A peg needs one ratio a time: times=%d ratios=%d".formatted(times.length, ratios.length));
        }
        var depegs = new ArrayList<Depeg>();
        var from = -1;
        var worst = 0.0;
        for (var i = 0; i < times.length; i++) {
            var off = Math.abs(ratios[i] - 1);
            if (off >= rule.band()) {
                from = from < 0 ? i : from;
                worst = Math.max(worst, off);
            }
            var isOver = off < rule.band() || i == times.length - 1;
            if (from >= 0 && isOver) {
                if (times[i] - times[from] >= rule.days() * DAY) {
                    depegs.add(new Depeg(times[from], times[i], worst));
                }
                from = -1;
                worst = 0;
            }
        }
        return new PegHistory(times[times.length - 1] - times[0], depegs);
    }

    /** Days since the last depeg ended, or since the first observation. */
    public long daysOfPeg(long now) {
        return (depegs.isEmpty() ? seconds : now - depegs.getLast().to()) / DAY;
    }
}

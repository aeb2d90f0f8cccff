package plimsoll.risk.selection;

/** Scores of four models made from whole numbers, so that any tool can make the same. */
final class Contestants {

    private static final double[] SHIFTS = {0, 0.01, 0.03, 0.08};

    private Contestants() {}

    /** Base ((7t² + 13t) mod 1009)/1009, model i adds ½·((t²(3 + 2i) + t(37 + i)) mod 101)/101 and its shift; t = 0..299. */
    static double[][] scores() {
        var scores = new double[SHIFTS.length][300];
        for (var i = 0; i < scores.length; i++) {
            for (var t = 0; t < 300; t++) {
                var base = (t * t * 7 + t * 13) % 1009 / 1009.0;
                scores[i][t] = base + 0.5 * ((t * t * (3 + 2 * i) + t * (37 + i)) % 101) / 101 + SHIFTS[i];
            }
        }
        return scores;
    }
}

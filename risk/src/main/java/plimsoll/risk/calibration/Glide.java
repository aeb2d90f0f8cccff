package plimsoll.risk.calibration;

/**
 * How far one recommendation may follow the model: calm in small things, quick to tighten, slow to loosen.
 *
 * <pre>
 * LT' = LT_before                                     where |LT − LT_before| < dead-band    (3)
 *     = LT_before + clamp( LT − LT_before, −tighten, +loosen )          otherwise          (4)
 * </pre>
 *
 * LT: the model's threshold; LT': the recommended one. The oracle's stability rule does the same in exact basis points.
 *
 * <p>Source: docs/models/anti-procyclicality.md, equations 3 and 4.
 */
public record Glide(double deadBand, double mostTightening, double mostLoosening) {

    public Glide {
        Ranges.within("deadBand", deadBand, 0, 1);
        Ranges.positive("mostTightening", mostTightening);
        Ranges.positive("mostLoosening", mostLoosening);
    }

    public double next(double before, double wanted) {
        var move = wanted - before;
        return Math.abs(move) < deadBand ? before : before + Math.clamp(move, -mostTightening, mostLoosening);
    }
}

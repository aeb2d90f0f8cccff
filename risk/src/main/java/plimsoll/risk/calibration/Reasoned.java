package plimsoll.risk.calibration;

import java.util.List;

/** A parameter's value with its interval, and the sentences that explain it in words and figures. */
public record Reasoned(Estimate estimate, List<String> reasons) {

    public Reasoned {
        reasons = List.copyOf(reasons);
    }

    static Reasoned of(double value, String... reasons) {
        return new Reasoned(Estimate.exact(value), List.of(reasons));
    }

    public double value() {
        return estimate.value();
    }
}

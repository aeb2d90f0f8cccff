package plimsoll.oracle.calibration;

import java.util.Arrays;

/** What set a calibration off. */
public enum Trigger {
    /** Its time had come. */
    CALENDAR("calendar"),
    /** The market had moved away from what the newest calibration says of it. */
    DRIFT("drift"),
    /** Somebody asked for it. */
    ASKED("asked");

    private final String label;

    Trigger(String label) {
        this.label = label;
    }

    /** As tables, metrics and the API name it. */
    public String label() {
        return label;
    }

    public static Trigger ofLabel(String label) {
        return Arrays.stream(values())
                .filter(trigger -> trigger.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such trigger: found=" + label));
    }
}

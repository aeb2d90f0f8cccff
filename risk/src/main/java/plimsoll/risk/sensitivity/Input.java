package plimsoll.risk.sensitivity;

import java.util.List;

/**
 * One input of a result, and how far it may move.
 *
 * @param low worst or best end of its interval, whichever is smaller
 * @param value as it was taken
 * @param high the other end
 * @param least smallest value that makes sense at all, at most {@code low}
 * @param most largest value that makes sense at all, at least {@code high}
 */
public record Input(String name, double low, double value, double high, double least, double most) {

    public Input {
        if (!(least <= low && low <= value && value <= high && high <= most)
                || Double.isInfinite(least)
                || Double.isInfinite(most)) {
            throw new IllegalArgumentException("Input is out of order: name=%s least=%s low=%s value=%s high=%s most=%s"
                    .formatted(name, least, low, value, high, most));
        }
    }

    /** An input that makes sense within its interval only. */
    public Input(String name, double low, double value, double high) {
        this(name, low, value, high, low, high);
    }

    static double[] values(List<Input> inputs) {
        return inputs.stream().mapToDouble(Input::value).toArray();
    }
}

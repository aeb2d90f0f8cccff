package plimsoll.oracle.calibration;

import java.util.Comparator;

/**
 * A file that a calibration took in.
 *
 * @param role what it was read for: {@code market}, {@code prices}, {@code positions} or {@code liquidity}
 * @param name its name without a folder
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record Input(String role, String name, String sha256) implements Comparable<Input> {

    private static final Comparator<Input> ORDER =
            Comparator.comparing(Input::role).thenComparing(Input::name).thenComparing(Input::sha256);

    @Override
    public int compareTo(Input other) {
        return ORDER.compare(this, other);
    }
}

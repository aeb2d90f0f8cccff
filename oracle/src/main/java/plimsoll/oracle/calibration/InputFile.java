package plimsoll.oracle.calibration;

import java.util.Comparator;

/**
 * A file that a calibration took in.
 *
 * @param role what it was read for: {@code market}, {@code prices}, {@code positions} or {@code liquidity}
 * @param name its name without a folder
 * @param sha256 of its bytes, 64 hexadecimal digits
 */
public record InputFile(String role, String name, String sha256) implements Comparable<InputFile> {

    private static final Comparator<InputFile> ORDER =
            Comparator.comparing(InputFile::role).thenComparing(InputFile::name).thenComparing(InputFile::sha256);

    @Override
    public int compareTo(InputFile other) {
        return ORDER.compare(this, other);
    }
}

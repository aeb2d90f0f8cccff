package plimsoll.acceptance.bench;

import java.util.Arrays;

/**
 * How fast one thread of this virtual machine streams memory: a = b + s·c, as John McCalpin's STREAM counts it, 24 bytes for each
 * element.
 */
final class Triad {

    private static final int BYTES = 3 * Double.BYTES;

    private final double[] a;
    private final double[] b;
    private final double[] c;

    /** @param bytes of all three arrays together */
    Triad(long bytes) {
        int length = (int) (bytes / BYTES);
        a = new double[length];
        b = new double[length];
        c = new double[length];
        Arrays.fill(b, 1);
        Arrays.fill(c, 2);
    }

    /** Bytes of one {@link #run}. */
    long bytes() {
        return (long) BYTES * a.length;
    }

    void run() {
        add(a, b, c, 3);
        if (a[a.length / 2] != 7) {
            throw new IllegalStateException("The triad is wrong: found=" + a[a.length / 2]);
        }
    }

    private static void add(double[] a, double[] b, double[] c, double s) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + s * c[i];
        }
    }
}

package plimsoll.risk.path;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The blocks' results as bytes: their count, then for each its length and its numbers, big-endian, to the bit. */
public final class BlockResults {

    private BlockResults() {}

    public static void write(List<double[]> results, DataOutputStream out) throws IOException {
        out.writeInt(results.size());
        for (var result : results) {
            out.writeInt(result.length);
            for (var number : result) {
                out.writeLong(Double.doubleToRawLongBits(number));
            }
        }
    }

    public static List<double[]> read(DataInputStream in) throws IOException {
        var results = new double[in.readInt()][];
        for (var block = 0; block < results.length; block++) {
            results[block] = new double[in.readInt()];
            for (var i = 0; i < results[block].length; i++) {
                results[block][i] = Double.longBitsToDouble(in.readLong());
            }
        }
        return Arrays.asList(results);
    }
}

package plimsoll.chain.rpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * Lets well-formed UTF-8 through and nothing else. Jackson takes overlong forms for the characters that they stand for, and
 * a name behind the byte 0xff, with which it pads names, for the name itself.
 */
final class Utf8Stream extends FilterInputStream {

    private static final int LEAST = 0x80;
    private static final int MOST = 0xbf;

    private final Supplier<? extends RuntimeException> failure;
    private int missing;
    private int least = LEAST;
    private int most = MOST;

    Utf8Stream(InputStream bytes, Supplier<? extends RuntimeException> failure) {
        super(bytes);
        this.failure = failure;
    }

    @Override
    public int read() throws IOException {
        int found = super.read();
        if (found >= 0) {
            check(found);
        }
        return found;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int found = super.read(buffer, offset, length);
        for (int i = offset; i < offset + found; i++) {
            if (buffer[i] < 0 || missing > 0) {
                check(Byte.toUnsignedInt(buffer[i]));
            }
        }
        return found;
    }

    /** Table 3-7 of the Unicode standard: what may follow what. */
    private void check(int octet) {
        if (missing > 0) {
            require(octet >= least && octet <= most);
            missing--;
            least = LEAST;
            most = MOST;
        } else if (octet >= LEAST) {
            require(octet >= 0xc2 && octet <= 0xf4);
            missing = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
            least = octet == 0xe0 ? 0xa0 : octet == 0xf0 ? 0x90 : LEAST;
            most = octet == 0xed ? 0x9f : octet == 0xf4 ? 0x8f : MOST;
        }
    }

    private void require(boolean wellFormed) {
        if (!wellFormed) {
            throw failure.get();
        }
    }
}

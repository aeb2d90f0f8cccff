package plimsoll.chain.rpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops reading beyond a number of bytes. */
final class BoundedStream extends FilterInputStream {

    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("More than " + limit + " bytes");
        }
    }

    private final long limit;
    private long read;

    BoundedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int found = super.read();
        count(found < 0 ? 0 : 1);
        return found;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int found = super.read(buffer, offset, length);
        count(found);
        return found;
    }

    private void count(int bytes) throws IOException {
        read += Math.max(0, bytes);
        if (read > limit) {
            throw new TooLargeException(limit);
        }
    }
}

package plimsoll.chain.rpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets with TCP_NODELAY that stop reading when one message grows too large: OkHttp collects a WebSocket message of any
 * size in memory. Bytes are counted below TLS, whose records add a few hundredths, so the limit is kept within 3 %.
 */
final class MeteredSockets extends SocketFactory {

    /** What is read ahead of the message under way, and what opens the connection. */
    private static final long SLACK = 64 << 10;

    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("Message is larger than allowed: limit=" + limit + " bytes");
        }
    }

    private final long limit;
    private final AtomicLong read = new AtomicLong();

    MeteredSockets(long limit) {
        this.limit = limit;
    }

    /** A whole message has been read: the next one starts from nothing. */
    void reset() {
        read.set(0);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new MeteredSocket();
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw connected();
    }

    private static UnsupportedOperationException connected() {
        return new UnsupportedOperationException("OkHttp connects its sockets itself");
    }

    private final class MeteredSocket extends Socket {

        @Override
        public InputStream getInputStream() throws IOException {
            return new MeteredStream(super.getInputStream());
        }
    }

    private final class MeteredStream extends FilterInputStream {

        private MeteredStream(InputStream in) {
            super(in);
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
            if (bytes > 0 && read.addAndGet(bytes) > limit + limit / 33 + SLACK) {
                throw new TooLargeException(limit);
            }
        }
    }
}

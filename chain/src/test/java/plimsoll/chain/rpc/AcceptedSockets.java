package plimsoll.chain.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** Keeps what a server accepts, so that a test can break a connection as a network does: without a word. */
final class AcceptedSockets extends ServerSocketFactory {

    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    void breakLatest() {
        try {
            accepted.getLast().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new ServerSocket() {
            @Override
            public Socket accept() throws IOException {
                Socket socket = super.accept();
                accepted.add(socket);
                return socket;
            }

            @Override
            public void bind(SocketAddress address, int backlog) throws IOException {
                setReuseAddress(true); // so that another server can start at the same port at once
                super.bind(address, backlog);
            }
        };
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        throw new UnsupportedOperationException();
    }
}

package plimsoll.devnet.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/**
 * A WebSocket passed through byte for byte. What it says is not understood here; it can fall silent (drops), come late
 * (delays) or break (disconnects), each asked at every piece that comes from the node.
 */
final class Tunnel {

    private static final int PIECE = 16 << 10;

    private final Faults faults;
    private final URI target;
    private final Pause pause;

    Tunnel(Faults faults, URI target, Pause pause) {
        this.faults = faults;
        this.target = target;
        this.pause = pause;
    }

    /** Returns when either side has closed; true where the client's connection is to be reset. */
    boolean run(HttpRequest upgrade, InputStream fromClient, OutputStream toClient) throws IOException {
        try (Socket node = connect()) {
            OutputStream toNode = node.getOutputStream();
            toNode.write(upgrade.head()
                    .replaceFirst("(?i)\r\nhost:[^\r]*", "\r\nHost: " + target.getAuthority())
                    .getBytes(StandardCharsets.ISO_8859_1));
            toNode.flush();
            Thread.ofVirtual().start(() -> {
                try (node) {
                    fromClient.transferTo(toNode);
                } catch (IOException e) {
                    // One side is gone, and closing the other ends the tunnel.
                }
            });
            return pass(node.getInputStream(), toClient);
        }
    }

    private boolean pass(InputStream fromNode, OutputStream toClient) throws IOException {
        byte[] piece = new byte[PIECE];
        boolean silent = false;
        for (int length = fromNode.read(piece); length >= 0; length = fromNode.read(piece)) {
            if (faults.strikes(Fault.DISCONNECTS)) {
                return true;
            }
            silent |= faults.strikes(Fault.DROPS);
            if (!silent) {
                pause.perhaps();
                toClient.write(piece, 0, length);
                toClient.flush();
            }
        }
        return false;
    }

    private Socket connect() throws IOException {
        boolean secure = target.getScheme().equals("https");
        int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
        Socket socket = secure
                ? SSLSocketFactory.getDefault().createSocket(target.getHost(), port)
                : new Socket(target.getHost(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }
}

package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class MeteredSocketsTest {

    @Test
    void switchesNagleOffAndStopsReadingBeyondTheLimit() throws IOException {
        MeteredSockets sockets = new MeteredSockets(1_000_000);
        byte[] megabyte = new byte[1_000_000];
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                Socket socket = sockets.createSocket()) {
            socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            Thread.ofVirtual().start(() -> {
                try (Socket accepted = server.accept()) {
                    for (int i = 0; i < 10; i++) {
                        accepted.getOutputStream().write(megabyte);
                    }
                } catch (IOException e) {
                    // the reader has left
                }
            });
            InputStream in = socket.getInputStream();

            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(in.readNBytes(1_000_000)).hasSize(1_000_000);
            sockets.reset();
            assertThat(in.readNBytes(1_000_000)).hasSize(1_000_000);
            assertThatThrownBy(() -> in.readNBytes(1_000_000))
                    .isInstanceOf(MeteredSockets.TooLargeException.class)
                    .hasMessageContaining("limit=1000000");
        }
    }
}

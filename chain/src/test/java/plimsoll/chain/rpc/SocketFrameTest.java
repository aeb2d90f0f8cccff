package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.internal.ws.WebSocketProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plimsoll.chain.rpc.RpcException.Kind;

/** What only a peer below HTTP can do: fall silent, or break the framing. */
class SocketFrameTest {

    private final HeardEvents heard = new HeardEvents();
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    @Test
    void countsASilentConnectionAsLost() {
        serve("", "");

        try (SocketClient client = client(settings().withSilence(Duration.ofMillis(200)))) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("lost");

            assertThat(heard.losses().getFirst().kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(heard.losses().getFirst()).hasMessageContaining("did not answer in time");
            SocketServer.await("another attempt", () -> accepted.size() >= 2);
        }
    }

    @Test
    void distrustsABrokenFrame() {
        serve("", "f3020000"); // reserved bits and an unknown operation

        assertLost(Kind.CORRUPT, "broke the WebSocket protocol");
    }

    @Test
    void distrustsAMaskedFrame() {
        serve("", "818100000000" + "31"); // only clients mask

        assertLost(Kind.CORRUPT, "broke the WebSocket protocol");
    }

    @Test
    void distrustsAnExtensionThatItDidNotAskFor() {
        serve("Sec-WebSocket-Extensions: permessage-deflate\r\n", "");

        assertLost(Kind.CORRUPT, "extension");
    }

    @Test
    void readsNoFrameThatAnnouncesMoreThanAllowed() {
        serve("", "817f0000010000000000" + "20".repeat(300_000)); // a tebibyte is announced

        assertLost(Kind.REJECTED, "larger than allowed: limit=100000 bytes");
    }

    private void assertLost(Kind kind, String words) {
        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("lost");

            RpcException reason = heard.losses().getFirst();
            assertThat(reason).hasMessageContaining(words);
            assertThat(reason.kind()).isEqualTo(kind);
        }
    }

    /** Accepts every WebSocket, sends these bytes and then nothing, not even a pong. */
    private void serve(String headers, String hex) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    accepted.add(socket);
                    handshake(socket, headers);
                    socket.getOutputStream().write(HexFormat.of().parseHex(hex));
                } catch (IOException e) {
                    // The test is over, or the client has left.
                }
            }
        });
    }

    private static void handshake(Socket socket, String headers) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String key = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
                key = line.substring(18).strip();
            }
            assertThat(line).doesNotContainIgnoringCase("permessage-deflate");
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + WebSocketProtocol.INSTANCE.acceptHeader(key) + "\r\n" + headers + "\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private SocketSettings settings() {
        RpcSettings rpc =
                RpcSettings.of("ws://127.0.0.1:" + server.getLocalPort()).withMaxResponseBytes(100_000);
        return SocketSettings.of(rpc).withWaits(Duration.ofMillis(5), Duration.ofMillis(50));
    }

    private static SocketClient client(SocketSettings settings) {
        return new SocketClient(settings, new SplittableRandom(1));
    }
}

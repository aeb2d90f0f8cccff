package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class NoDelaySocketFactoryTest {

    private final NoDelaySocketFactory factory = new NoDelaySocketFactory();

    @Test
    void switchesNagleOffOnEverySocketItMakes() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 8, here);
                Socket unconnected = factory.createSocket();
                Socket byName = factory.createSocket(here.getHostAddress(), server.getLocalPort());
                Socket byAddress = factory.createSocket(here, server.getLocalPort());
                Socket bound = factory.createSocket(here, server.getLocalPort(), here, 0)) {
            assertThat(unconnected.getTcpNoDelay()).isTrue();
            assertThat(byName.getTcpNoDelay()).isTrue();
            assertThat(byAddress.getTcpNoDelay()).isTrue();
            assertThat(bound.getTcpNoDelay()).isTrue();
        }
    }
}

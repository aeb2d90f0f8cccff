package plimsoll.devnet.fault;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One client's connection, request after request. */
final class Connection implements Runnable {

    private final Socket client;
    private final Faults faults;
    private final Interposer interposer;
    private final Tunnel tunnel;
    private final Pause pause;

    Connection(Socket client, Faults faults, Interposer interposer, Tunnel tunnel, Pause pause) {
        this.client = client;
        this.faults = faults;
        this.interposer = interposer;
        this.tunnel = tunnel;
        this.pause = pause;
    }

    @Override
    public void run() {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = new BufferedOutputStream(client.getOutputStream(), 64 << 10);
            boolean goesOn = true;
            while (goesOn) {
                Optional<HttpRequest> request = HttpRequest.read(in, out);
                goesOn = request.isPresent() && serve(request.get(), in, out);
            }
        } catch (IOException e) {
            // The client has gone, or says what is not HTTP; either way this connection is over.
        }
    }

    /** Whether another request may follow. */
    private boolean serve(HttpRequest request, InputStream in, OutputStream out) throws IOException {
        if (request.isWebSocket()) {
            if (tunnel.run(request, in, out)) {
                reset();
            }
            return false;
        }
        if (!request.method().equals("POST")) {
            write(out, HttpReply.of(request.method().equals("OPTIONS") ? 204 : 405, ""), false);
            return true;
        }
        if (faults.strikes(Fault.DROPS)) {
            pause.silence();
            return false;
        }
        pause.perhaps();
        HttpReply reply = spoiled(answer(request.body()));
        if (reply.isBrokenOff()) {
            write(out, reply, false);
            reset();
            return false;
        }
        write(out, reply, request.wantsClose());
        return !request.wantsClose();
    }

    private HttpReply answer(byte[] body) {
        try {
            return interposer.answer(body);
        } catch (IOException e) {
            return HttpReply.of(
                    502,
                    "The node behind the proxy does not answer: " + e.getClass().getSimpleName());
        }
    }

    private HttpReply spoiled(HttpReply reply) {
        if (faults.strikes(Fault.TRUNCATES)) {
            return reply.truncated();
        }
        return faults.strikes(Fault.DISCONNECTS) ? reply.brokenOff() : reply;
    }

    private static void write(OutputStream out, HttpReply reply, boolean last) throws IOException {
        String head = "HTTP/1.1 " + reply.status() + (reply.status() == 200 ? " OK" : " Refused") + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Access-Control-Allow-Origin: *\r\n"
                + "Access-Control-Allow-Headers: *\r\n"
                + (last ? "Connection: close\r\n" : "")
                + "Content-Length: " + reply.body().length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(reply.body(), 0, reply.sent());
        out.flush();
    }

    /** Closing without lingering sends a reset, as a crashing peer or a firewall does. */
    private void reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }
}

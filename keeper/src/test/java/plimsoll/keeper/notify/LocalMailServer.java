package plimsoll.keeper.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small SMTP server (RFC 5321 with AUTH PLAIN and LOGIN) that keeps what it is given. */
final class LocalMailServer implements AutoCloseable {

    private final ServerSocket listening;
    private final String user;
    private final String password;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

    record Mail(List<String> receivers, List<String> lines) {}

    LocalMailServer(String user, String password) {
        this.user = user;
        this.password = password;
        try {
            listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            say(socket, "220 local ready");
            List<String> receivers = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("EHLO")) {
                    say(socket, "250-local\r\n250 AUTH PLAIN LOGIN");
                } else if (command.startsWith("AUTH")) {
                    authenticate(socket, in, line);
                } else if (command.startsWith("RCPT TO:")) {
                    receivers.add(line.substring("RCPT TO:".length()).strip());
                    say(socket, "250 ok");
                } else if (command.equals("DATA")) {
                    say(socket, "354 go on");
                    mails.add(new Mail(List.copyOf(receivers), data(in)));
                    say(socket, "250 taken");
                } else if (command.equals("QUIT")) {
                    say(socket, "221 bye");
                    return;
                } else {
                    say(socket, "250 ok");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void authenticate(Socket socket, BufferedReader in, String line) throws IOException {
        String[] parts = line.split(" ", -1);
        List<String> given = new ArrayList<>();
        if (parts[1].equalsIgnoreCase("PLAIN")) {
            String[] fields =
                    decoded(parts.length > 2 ? parts[2] : ask(socket, in, "")).split("\0", -1);
            given.addAll(List.of(fields[1], fields[2]));
        } else {
            given.add(decoded(parts.length > 2 ? parts[2] : ask(socket, in, "VXNlcm5hbWU6")));
            given.add(decoded(ask(socket, in, "UGFzc3dvcmQ6")));
        }
        say(socket, given.equals(List.of(user, password)) ? "235 welcome" : "535 5.7.8 no");
    }

    private static String ask(Socket socket, BufferedReader in, String question) throws IOException {
        say(socket, "334 " + question);
        return in.readLine();
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private static List<String> data(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            lines.add(line.startsWith(".") ? line.substring(1) : line);
        }
        return lines;
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    int port() {
        return listening.getLocalPort();
    }

    List<Mail> mails() {
        return List.copyOf(mails);
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package plimsoll.keeper.notify;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import plimsoll.keeper.margin.Outbox;

/** Sends the message's text as an e-mail. Its Message-ID is the message's key, so that mail programs show a repetition once. */
public final class MailChannel implements Channel {

    private static final String PATIENCE_MS = "10000";

    private final String name;
    private final Server server;
    private final InternetAddress from;
    private final InternetAddress[] to;
    private final InstantSource clock;
    private final Session session;

    /** How the connection is kept from others' eyes. */
    public enum Security {
        /** Only to this machine. */
        NONE,
        /** Begins in the clear and must change over. */
        STARTTLS,
        /** From the first byte. */
        TLS
    }

    /** Where mail is handed in. */
    public record Server(String host, int port, Security security, Optional<Login> login) {

        public Server {
            boolean local = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
            if (security == Security.NONE && !local) {
                throw new IllegalArgumentException(
                        "Mail goes in the clear only to this machine: host=" + host + "; use STARTTLS or TLS");
            }
        }
    }

    public record Login(String user, Secret password) {}

    public MailChannel(String name, Server server, String from, List<String> to, InstantSource clock) {
        this.name = name;
        this.server = server;
        this.from = address(from);
        this.to = to.stream().map(MailChannel::address).toArray(InternetAddress[]::new);
        this.clock = clock;
        this.session = Session.getInstance(properties(server));
        if (to.isEmpty()) {
            throw new IllegalArgumentException("Mail has no receiver: channel=" + name);
        }
    }

    private static Properties properties(Server server) {
        Properties properties = new Properties();
        boolean tls = server.security == Security.TLS;
        String prefix = "mail." + protocol(server) + ".";
        properties.setProperty(prefix + "connectiontimeout", PATIENCE_MS);
        properties.setProperty(prefix + "timeout", PATIENCE_MS);
        properties.setProperty(prefix + "writetimeout", PATIENCE_MS);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "ssl.enable", String.valueOf(tls));
        properties.setProperty(prefix + "starttls.enable", String.valueOf(server.security == Security.STARTTLS));
        properties.setProperty(prefix + "starttls.required", String.valueOf(server.security == Security.STARTTLS));
        properties.setProperty(prefix + "auth", String.valueOf(server.login.isPresent()));
        return properties;
    }

    private static String protocol(Server server) {
        return server.security == Security.TLS ? "smtps" : "smtp";
    }

    private static InternetAddress address(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            address.validate();
            return address;
        } catch (AddressException e) {
            throw new IllegalArgumentException("E-mail address is wrong: found=" + text, e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery deliver(Outbox.Message message) {
        try (Transport transport = session.getTransport(protocol(server))) {
            transport.connect(
                    server.host,
                    server.port,
                    server.login.map(Login::user).orElse(null),
                    server.login.map(login -> login.password().reveal()).orElse(null));
            Mail mail = mail(message);
            transport.sendMessage(mail, to);
            return new Delivery.Delivered();
        } catch (AuthenticationFailedException e) {
            return new Delivery.Failed("mail server refuses the user or the password");
        } catch (MessagingException e) {
            return new Delivery.Failed(
                    "mail server does not take it: " + e.getClass().getSimpleName());
        }
    }

    private Mail mail(Outbox.Message message) throws MessagingException {
        Mail mail = new Mail(session, "<" + message.key().replaceAll("[^A-Za-z0-9.-]", ".") + "@plimsoll>");
        mail.setFrom(from);
        mail.setRecipients(Message.RecipientType.TO, to);
        mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
        mail.setText(message.text(), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("Plimsoll-Id", message.key());
        mail.saveChanges();
        return mail;
    }

    /** Keeps the identity that it is given; the library would make up one for each attempt. */
    private static final class Mail extends MimeMessage {

        private final String id;

        Mail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}

package plimsoll.keeper.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.keeper.margin.Outbox;

final class ChannelTest {

    private static final String TOKEN = "12345:AAtokenOfTheBot-_x";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_767_225_600));
    private static final Outbox.Message MESSAGE = new Outbox.Message(
            7,
            "call/desk/31337/0x01/1",
            "hook",
            "Margin call (warn): health 1.4",
            "Health factor now: 1.4\n.\nSupply 1 WETH",
            "{\"a\":1}",
            1);

    /** Computed with OpenSSL 3.0.19: {@code printf %s "TIMESTAMP.KEY.BODY" | openssl dgst -sha256 -hmac SECRET}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1767225600|call/desk/31337/0x01/1|{\"a\":1}|whsec_test_secret|e9d5237bb077e3b5a7fb1c4544754b16fa3396e7b63f503d60f11c8912db82a0",
                "0|k|''|s|70e8cbffffa711c4beccfd6cb89dacf6dc35ff70780df7651ef94783aba77e7f",
                "1893456000|call/wärme/1/0x02/7|{\"subject\":\"Größe €\"}|geheim"
                        + " ü|bb866cd379d740726b3f5028599a5742ba07101086300568eac0071140ce8ffb"
            })
    void signsAsOpensslDoes(long timestamp, String key, String body, String secret, String hex) {
        assertThat(Signature.of(secret(secret), Instant.ofEpochSecond(timestamp), key, body))
                .isEqualTo("v1=" + hex);
    }

    @Test
    void webhookPostsTheJsonSigned() {
        try (LocalServer server = new LocalServer(_ -> 200)) {
            Channel hook = new WebhookChannel("hook", server.url() + "/margin", secret("whsec_test_secret"), CLOCK);

            assertThat(hook.deliver(MESSAGE)).isInstanceOf(Channel.Delivery.Delivered.class);

            LocalServer.Received request = server.received().getFirst();
            assertThat(request.path()).isEqualTo("/margin");
            assertThat(request.body()).isEqualTo("{\"a\":1}");
            assertThat(request.headers())
                    .containsEntry("plimsoll-id", MESSAGE.key())
                    .containsEntry("plimsoll-timestamp", "1767225600")
                    .containsEntry(
                            "plimsoll-signature",
                            "v1=e9d5237bb077e3b5a7fb1c4544754b16fa3396e7b63f503d60f11c8912db82a0");
        }
    }

    @Test
    void aReceiversRefusalIsAFailureAndNoRedirectIsFollowed() {
        try (LocalServer server =
                new LocalServer(number -> List.of(500, 302, 0, 429).get(number - 1))) {
            Channel hook = new WebhookChannel("hook", server.url(), secret("s"), CLOCK);

            assertThat(hook.deliver(MESSAGE)).isEqualTo(new Channel.Delivery.Failed("receiver answers 500"));
            assertThat(hook.deliver(MESSAGE)).isEqualTo(new Channel.Delivery.Failed("receiver answers 302"));
            assertThat(hook.deliver(MESSAGE).toString()).contains("does not answer");
            assertThat(hook.deliver(MESSAGE))
                    .isEqualTo(new Channel.Delivery.Failed("receiver answers 429", Optional.of(Duration.ofMinutes(2))));
            assertThat(server.received()).hasSize(4);
        }
    }

    @Test
    void telegramSendsTheTextAndItsFailuresHoldNoToken() {
        String gone;
        try (LocalServer server = new LocalServer(number -> number == 1 ? 200 : 401)) {
            gone = server.url();
            Channel telegram = new TelegramChannel("chat", server.url(), secret(TOKEN), "-100200");

            assertThat(telegram.deliver(MESSAGE)).isInstanceOf(Channel.Delivery.Delivered.class);
            assertThat(telegram.deliver(MESSAGE).toString()).contains("401").doesNotContain(TOKEN);

            assertThat(server.received().getFirst().path()).isEqualTo("/bot" + TOKEN + "/sendMessage");
            assertThat(server.received().getFirst().body())
                    .contains("\"chat_id\":\"-100200\"")
                    .contains("Supply 1 WETH")
                    .contains(MESSAGE.key());
        }
        Channel unreachable = new TelegramChannel("chat", gone, secret(TOKEN), "-100200");

        assertThat(unreachable.deliver(MESSAGE).toString())
                .contains("does not answer")
                .doesNotContain(TOKEN)
                .doesNotContain(URI.create(gone).getPort() + "/bot");
        assertThat(unreachable.toString() + secret(TOKEN)).doesNotContain(TOKEN);
    }

    @Test
    void mailGoesThroughARealServer() {
        try (LocalMailServer server = new LocalMailServer("user", "pass-word")) {
            Channel mail = mail(server.port(), "pass-word");

            assertThat(mail.deliver(MESSAGE)).isInstanceOf(Channel.Delivery.Delivered.class);

            LocalMailServer.Mail received = server.mails().getFirst();
            assertThat(received.receivers()).containsExactly("<desk@example.org>", "<risk@example.org>");
            assertThat(received.lines())
                    .contains("Message-ID: <call.desk.31337.0x01.1@plimsoll>")
                    .contains("Plimsoll-Id: call/desk/31337/0x01/1")
                    .contains("Subject: Margin call (warn): health 1.4")
                    .contains("Supply 1 WETH")
                    .contains("."); // a lone dot in the text does not end the mail
        }
    }

    @Test
    void mailsFailuresHoldNoPassword() {
        int port;
        try (LocalMailServer server = new LocalMailServer("user", "another")) {
            port = server.port();

            assertThat(mail(port, "pass-word").deliver(MESSAGE))
                    .isEqualTo(new Channel.Delivery.Failed("mail server refuses the user or the password"));
        }
        assertThat(mail(port, "pass-word").deliver(MESSAGE).toString())
                .contains("does not take it")
                .doesNotContain("pass-word");
    }

    private static Channel mail(int port, String password) {
        return new MailChannel(
                "mail",
                new MailChannel.Server(
                        "127.0.0.1",
                        port,
                        MailChannel.Security.NONE,
                        Optional.of(new MailChannel.Login("user", secret(password)))),
                "keeper@example.org",
                List.of("desk@example.org", "risk@example.org"),
                CLOCK);
    }

    @Test
    void secretsGoNowhereInTheClear() {
        Secret secret = secret("s");

        assertThatThrownBy(() -> new WebhookChannel("hook", "http://example.org/secret-path", secret, CLOCK))
                .hasMessage("Address is neither https nor http to this machine");
        assertThatThrownBy(() -> new WebhookChannel("hook", "https://exa mple.org/secret-path", secret, CLOCK))
                .hasMessage("Address is no URL")
                .hasRootCauseMessage("is no URL: ***");
        assertThatThrownBy(() ->
                        new MailChannel.Server("mail.example.org", 25, MailChannel.Security.NONE, Optional.empty()))
                .hasMessageContaining("only to this machine");
    }

    @Test
    void secretsComeFromVariablesAndFiles(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "in-a-file\nmore\n", StandardCharsets.UTF_8);

        assertThat(Secret.of(new Secret.Source.File(file), Map.of()).reveal()).isEqualTo("in-a-file");
        assertThatThrownBy(() -> Secret.of(new Secret.Source.Variable("NONE"), Map.of()))
                .hasMessage("Secret is empty, missing or too long: variable=NONE");
    }

    static Secret secret(String value) {
        return Secret.of(new Secret.Source.Variable("S"), Map.of("S", value));
    }
}

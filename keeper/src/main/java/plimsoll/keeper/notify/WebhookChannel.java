package plimsoll.keeper.notify;

import java.time.Instant;
import java.time.InstantSource;
import okhttp3.Request;
import plimsoll.keeper.margin.Outbox;

/** Posts the message's JSON, signed, to a receiver of the operator's. Any 2xx is delivered. */
public final class WebhookChannel implements Channel {

    private final String name;
    private final String url;
    private final Secret secret;
    private final InstantSource clock;
    private final Web web = new Web();

    /** @param url https, or http to this machine */
    public WebhookChannel(String name, String url, Secret secret, InstantSource clock) {
        this.name = name;
        this.url = Web.requireSafe(url);
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery deliver(Outbox.Message message) {
        Instant now = clock.instant();
        return web.post(
                new Request.Builder()
                        .url(url)
                        .header("Plimsoll-Id", message.key())
                        .header("Plimsoll-Timestamp", Long.toString(now.getEpochSecond()))
                        .header("Plimsoll-Signature", Signature.of(secret, now, message.key(), message.json())),
                message.json());
    }
}

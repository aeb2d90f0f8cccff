package plimsoll.keeper.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Request;
import plimsoll.keeper.margin.Outbox;
import plimsoll.runtime.cli.Json;

/** Sends the message's text to a chat through the Telegram Bot API. The bot's token stands in the address, so the address is never shown. */
public final class TelegramChannel implements Channel {

    /** Where Telegram listens. */
    public static final String ADDRESS = "https://api.telegram.org";

    private static final int LONGEST = 4_096;

    private final String name;
    private final String address;
    private final Secret token;
    private final String chat;
    private final Web web = new Web();

    /** @param chat the chat's number, or {@code @name} of a channel */
    public TelegramChannel(String name, String address, Secret token, String chat) {
        this.name = name;
        this.address = Web.requireSafe(address);
        this.token = token;
        this.chat = chat;
        if (!token.reveal().matches("[A-Za-z0-9:_-]+")) {
            throw new IllegalArgumentException("Token has characters that no bot's token has: channel=" + name);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery deliver(Outbox.Message message) {
        String text = message.subject() + "\n\n" + message.text() + "\n\n" + message.key();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("chat_id", chat);
        body.put("text", text.length() <= LONGEST ? text : text.substring(0, LONGEST));
        body.put("link_preview_options", Map.of("is_disabled", true));
        return web.post(
                new Request.Builder().url(address + "/bot" + token.reveal() + "/sendMessage"), Json.write(body));
    }
}

package plimsoll.keeper.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a webhook's receiver that a message is ours, whole, and made now:
 * {@code v1=} and HMAC-SHA256 in hex, under the shared secret's UTF-8 bytes, of {@code TIMESTAMP.KEY.BODY}.
 */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(Secret secret, Instant timestamp, String key, String body) {
        String signed = timestamp.getEpochSecond() + "." + key + "." + body;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }
}

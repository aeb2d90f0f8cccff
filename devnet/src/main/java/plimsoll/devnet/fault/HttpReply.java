package plimsoll.devnet.fault;

import java.nio.charset.StandardCharsets;

/**
 * What the proxy says to a request.
 *
 * @param sent how many bytes of the body leave before the connection is reset; the whole length where it is not
 */
@SuppressWarnings("ArrayRecordComponent") // travels from one method to the next and is never compared
record HttpReply(int status, byte[] body, int sent) {

    static HttpReply of(int status, byte[] body) {
        return new HttpReply(status, body, body.length);
    }

    static HttpReply of(int status, String body) {
        return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Half of the body in an answer that looks whole. */
    HttpReply truncated() {
        byte[] half = new byte[body.length / 2];
        System.arraycopy(body, 0, half, 0, half.length);
        return of(status, half);
    }

    HttpReply brokenOff() {
        return new HttpReply(status, body, body.length / 2);
    }

    boolean isBrokenOff() {
        return sent < body.length;
    }
}

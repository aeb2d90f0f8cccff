package plimsoll.chain.rpc;

import java.util.Map;

/** Makes the HTTP headers of one exchange out of the very bytes that are sent, such as a signature over them. */
@FunctionalInterface
public interface BodyHeaders {

    Map<String, String> of(byte[] body);
}

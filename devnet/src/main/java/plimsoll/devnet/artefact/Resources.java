package plimsoll.devnet.artefact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts that travel with this module. */
final class Resources {

    private Resources() {}

    static String text(String name) throws IOException {
        return at("/plimsoll/devnet/" + name);
    }

    /** @param name from the root of the class path */
    static String at(String name) throws IOException {
        try (InputStream stream = Resources.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("Resource is missing from this build: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

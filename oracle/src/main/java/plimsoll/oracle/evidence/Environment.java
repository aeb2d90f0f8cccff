package plimsoll.oracle.evidence;

import java.util.Map;

/** The machine that a manifest was made on: said beside the manifest, never hashed with it. */
public final class Environment {

    private Environment() {}

    public static Map<String, Object> here() {
        return Map.of(
                "jdk", Runtime.version().toString(),
                "os", System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""),
                "architecture", System.getProperty("os.arch", "unknown"),
                "processors", Runtime.getRuntime().availableProcessors());
    }
}

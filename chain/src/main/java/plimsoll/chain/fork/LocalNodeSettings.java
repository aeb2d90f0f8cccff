package plimsoll.chain.fork;

import java.nio.file.Path;
import java.util.List;

/**
 * How to start anvil.
 *
 * @param binary the anvil executable
 * @param port the port on 127.0.0.1; 0 lets the node choose a free one
 * @param output the file that receives what the node prints; replaced at every start
 * @param options further command line options, such as {@code --fork-url}
 */
public record LocalNodeSettings(Path binary, int port, Path output, List<String> options) {

    public LocalNodeSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Port is outside 0..65535: found=" + port);
        }
        options = List.copyOf(options);
    }
}

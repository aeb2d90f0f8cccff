package plimsoll.chain.fork;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How to start anvil.
 *
 * @param binary the anvil executable
 * @param port the port on 127.0.0.1; 0 lets the node choose a free one
 * @param output the file that receives what the node prints; replaced at every start
 * @param options further command line options; not for a fork's URL, which everybody on the machine could read there
 * @param origin the chain to continue; absent for an empty one
 */
public record LocalNodeSettings(Path binary, int port, Path output, List<String> options, Optional<ForkOrigin> origin) {

    public LocalNodeSettings(Path binary, int port, Path output, List<String> options) {
        this(binary, port, output, options, Optional.empty());
    }

    public LocalNodeSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Port is outside 0..65535: found=" + port);
        }
        options = List.copyOf(options);
    }

    /** A node that begins with that chain's state and changes nothing there. */
    public LocalNodeSettings forking(ForkOrigin chain) {
        return new LocalNodeSettings(binary, port, output, options, Optional.of(chain));
    }
}

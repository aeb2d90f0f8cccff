package plimsoll.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerTest {

    @TempDir
    private Path folder;

    @Test
    void leavesOutWhatIsNotInstalled() {
        Peer peer = new Peer("nobody", List.of(List.of("no-such-program")), List.of("no-such-program"), "garch.inp");

        assertThat(peer.run(folder, Map.of())).isEmpty();
    }

    @Test
    void readsWhatAProgramMeasured() {
        // The system's "cat" stands for a program that prints its script, here the values filled in.
        Peer peer = new Peer("cat", List.of(List.of("cat")), List.of("cat", "/dev/null"), "peer-test.txt");

        Map<String, List<Double>> found =
                peer.run(folder, Map.of("one", "0.25", "two", "1e-3")).orElseThrow();

        assertThat(found).containsExactly(Map.entry("seconds", List.of(0.25, 0.001)));
    }
}

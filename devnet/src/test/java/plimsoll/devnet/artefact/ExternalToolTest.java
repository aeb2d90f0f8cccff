package plimsoll.devnet.artefact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExternalToolTest {

    private static final Path HERE = Path.of(".");

    @Test
    void saysWhatIsMissingAndHowToGetIt() {
        assertThatThrownBy(() -> ExternalTool.run(HERE, "download packages", List.of("no-such-tool")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-tool is missing, needed to download packages: install Node.js");
    }

    @Test
    void quotesTheToolsOwnErrorOnOneLine() {
        List<String> failing = List.of("sh", "-c", "echo hello; echo 'npm error code E404' >&2; exit 7");

        assertThatThrownBy(() -> ExternalTool.run(HERE, "download packages", failing))
                .hasMessage("sh failed to download packages: exit=7 said=npm error code E404");
    }
}

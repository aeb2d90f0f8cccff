package plimsoll.chain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static final String KEY = "46".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeKey() throws IOException {
        file = Files.writeString(folder.resolve("key"), "0x" + KEY + "\n");
        mode(file, "rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void readsAKeyThatOnlyItsOwnerCanRead(String mode) throws IOException {
        mode(file, mode);

        assertThat(Signer.fromKeyFile(file).address())
                .isEqualTo(Signer.fromPrivateKey(KEY).address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
    void refusesAFileThatIsOpenToOthersAndSaysHowToMendIt(String mode) throws IOException {
        mode(file, mode);

        assertThatThrownBy(() -> Signer.fromKeyFile(file))
                .isInstanceOf(KeyException.class)
                .hasMessage("Key file is open to others: file=" + file.toRealPath() + " mode=" + mode
                        + "; run: chmod 600 '" + file.toRealPath() + "'");
    }

    @Test
    void looksAtTheFileBehindASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(KeyFile.read(link, "Key file")).contains(KEY);
        mode(file, "rw-r--r--");
        assertThatThrownBy(() -> KeyFile.read(link, "Key file"))
                .hasMessageContaining("file=" + file.toRealPath() + " mode=rw-r--r--");
    }

    @Test
    void refusesWhatIsNoFileWithOneSentence() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path large = Files.write(folder.resolve("large"), new byte[70_000]);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("gone"));
        mode(binary, "rw-------");

        assertRefused(folder, "Password file is a folder, not a file: file=");
        assertRefused(empty, "Password file is empty: file=");
        assertRefused(large, "Password file is too large to hold a key: file=");
        assertRefused(binary, "Password file cannot be read as text: file=");
        assertRefused(dangling, "Password file does not exist: file=");
        assertRefused(folder.resolve("none"), "Password file does not exist: file=");
        assertRefused(Path.of("/dev/null"), "Password file is not a plain file: file=");
    }

    private static void assertRefused(Path file, String words) {
        assertThatThrownBy(() -> KeyFile.read(file, "Password file"))
                .isInstanceOf(KeyException.class)
                .hasMessageStartingWith(words)
                .hasNoCause();
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}

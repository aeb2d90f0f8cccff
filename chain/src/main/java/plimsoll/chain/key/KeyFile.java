package plimsoll.chain.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a file that holds a secret, and refuses one that others on this machine could have read or written. */
final class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    /** No key, keystore or password is larger; a wrong path may name a file of any size. */
    private static final int LARGEST = 1 << 16;

    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private KeyFile() {}

    /**
     * The file's text.
     *
     * @param what the file's part in the sentence that refuses it, such as {@code Keystore}
     */
    static String read(Path file, String what) {
        try {
            Path real = file.toRealPath(); // the mode of a symbolic link says nothing
            requirePlain(real, what);
            requirePrivate(real, what);
            return Files.readString(real, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new KeyException(what + " does not exist: file=" + file);
        } catch (IOException e) {
            throw new KeyException(what + " cannot be read as text: file=" + file);
        }
    }

    private static void requirePlain(Path real, String what) throws IOException {
        if (Files.isDirectory(real)) {
            throw new KeyException(what + " is a folder, not a file: file=" + real);
        }
        if (!Files.isRegularFile(real)) {
            throw new KeyException(what + " is not a plain file: file=" + real);
        }
        long size = Files.size(real);
        if (size == 0) {
            throw new KeyException(what + " is empty: file=" + real);
        }
        if (size > LARGEST) {
            throw new KeyException(
                    what + " is too large to hold a key: file=" + real + " bytes=" + size + " allowed=" + LARGEST);
        }
    }

    private static void requirePrivate(Path real, String what) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(real, PosixFileAttributeView.class);
        if (view == null) {
            if (TOLD.compareAndSet(false, true)) {
                LOG.warn("file modes cannot be checked here, see that nobody else can read key files: file={}", real);
            }
            return;
        }
        Set<PosixFilePermission> mode = view.readAttributes().permissions();
        if (mode.stream().anyMatch(OTHERS::contains)) {
            throw new KeyException(what + " is open to others: file=" + real + " mode="
                    + PosixFilePermissions.toString(mode) + "; run: chmod 600 '" + real + "'");
        }
    }
}

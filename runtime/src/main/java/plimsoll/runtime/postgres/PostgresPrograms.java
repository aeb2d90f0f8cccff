package plimsoll.runtime.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs initdb, pg_ctl and postgres, unpacked once per content from the jar that carries them. */
final class PostgresPrograms {

    private static final int EXECUTABLE_BITS = 0111;
    private static final long TIMEOUT_SECONDS = 90;

    private final Path folder;

    private PostgresPrograms(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks beside the final name and renames, so that a half-unpacked folder is never used. Of several processes that do so at once
     * the quickest one's folder serves all.
     */
    static PostgresPrograms unpackedIn(Path parent) throws IOException {
        byte[] archive = archive();
        Path folder = parent.resolve("postgres-" + digest(archive).substring(0, 16));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(parent);
            Path half = Files.createTempDirectory(parent, "half-");
            try {
                unpack(archive, half);
                Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            } finally {
                delete(half);
            }
        }
        return new PostgresPrograms(folder);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /**
     * Runs a program to its end and returns its output. PostgreSQL refuses to run as root, so root runs it in a user namespace
     * of its own, where it is nobody.
     */
    String run(Path log, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // The output goes to a file: a pipe would tie the server, which inherits it, to the life of this process.
        Path output = Files.createTempFile(log.toAbsolutePath().getParent(), program + "-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(NULL_DEVICE.toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + TIMEOUT_SECONDS + " s, see " + log);
            }
            String said = Files.readString(output).strip();
            if (process.exitValue() != 0) {
                throw new IOException(
                        program + " ended with " + process.exitValue() + ": " + said + rootHint() + ", see " + log);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + program, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static final Path NULL_DEVICE = Path.of("/dev/null");

    private static String rootHint() {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root && !LinuxUtils.isUnshareAvailable()
                ? " (PostgreSQL does not run as root, and 'unshare -U' is not permitted here: run as another user or set "
                        + DatabaseSettings.JDBC_URL_KEY + ")"
                : "";
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        String architecture = ArchUtils.normalize(System.getProperty("os.arch"));
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture)) {
            if (in == null) {
                throw new IOException("No PostgreSQL is bundled for " + system + " " + architecture + ": set "
                        + DatabaseSettings.JDBC_URL_KEY);
            }
            return in.readAllBytes();
        } catch (IllegalStateException e) {
            throw new IOException(
                    "No PostgreSQL is bundled for " + system + " " + architecture + ": set "
                            + DatabaseSettings.JDBC_URL_KEY,
                    e);
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(file.getParent());
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file);
                    if ((entry.getMode() & EXECUTABLE_BITS) != 0) {
                        Files.setPosixFilePermissions(file, executable());
                    }
                }
            }
        }
    }

    private static Set<PosixFilePermission> executable() {
        return EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_EXECUTE);
    }
}

package plimsoll.keeper.app;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What a keeper's JVM is started with: our classes packed into jars, which is what an archive needs, and, once one keeper has lived, the
 * archive of what it loaded. Without it a keeper spends most of a start loading and checking classes. Made once for all tests of a JVM.
 */
final class StartArchive {

    private static final StartArchive SHARED = new StartArchive();

    private final Path folder;
    private final String classPath;

    private StartArchive() {
        try {
            folder = Files.createTempDirectory("keeper-start-");
            List<String> parts = new ArrayList<>();
            for (String part : Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(System.getProperty("java.class.path"))
                    .toList()) {
                parts.add(archivable(Path.of(part), parts.size()).toString());
            }
            classPath = String.join(File.pathSeparator, parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    static StartArchive shared() {
        return SHARED;
    }

    /** Whether a keeper has lived for it. */
    boolean isMade() {
        return Files.exists(file());
    }

    /** With what is there so far. */
    List<String> options() {
        return isMade() ? List.of("-XX:AOTCache=" + file(), "-cp", classPath) : List.of("-cp", classPath);
    }

    /** For the keeper whose end makes the archive. */
    List<String> optionsToMakeIt() {
        return List.of("-XX:AOTCacheOutput=" + file(), "-cp", classPath);
    }

    private Path file() {
        return folder.resolve("keeper.aot");
    }

    /** An archive takes no classes from folders, and none of signed jars. */
    private Path archivable(Path part, int number) throws IOException {
        Path jar = folder.resolve(number + ".jar");
        if (Files.isDirectory(part)) {
            pack(part, jar);
            return jar;
        }
        if (!Files.exists(part)) {
            return part;
        }
        try (FileSystem files = FileSystems.newFileSystem(part)) {
            Path root = files.getPath("/");
            if (!isSigned(root)) {
                return part;
            }
            pack(root, jar);
            return jar;
        }
    }

    private static boolean isSigned(Path root) throws IOException {
        Path about = root.resolve("META-INF");
        if (!Files.exists(about)) {
            return false;
        }
        try (Stream<Path> found = Files.list(about)) {
            return found.anyMatch(StartArchive::isSignature);
        }
    }

    private static boolean isSignature(Path file) {
        return file.toString().endsWith(".SF");
    }

    private static void pack(Path root, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file);
                Stream<Path> found = Files.walk(root)) {
            out.setLevel(0);
            for (Path each : found.filter(it -> Files.isRegularFile(it) && !isSignature(it))
                    .toList()) {
                out.putNextEntry(new ZipEntry(root.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // The folder is a temporary one; whoever cleans those finds it.
        }
    }
}

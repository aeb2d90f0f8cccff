package plimsoll.oracle.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import plimsoll.runtime.cli.CommandFailure;

/** Files that appear whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    /** To be asked before long work: a folder that is missing should not be found out after it. */
    static void requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw CommandFailure.outside(file, "cannot be written: no such folder");
        }
    }

    static void write(Path file, String text) {
        requireFolder(file);
        // A name of our own, not the library's temporary file: that one only its owner may read, and these are for
        // others.
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try {
                Files.writeString(temporary, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw CommandFailure.outside(
                            file, "cannot be written: " + e.getClass().getSimpleName())
                    .because(e);
        }
    }
}

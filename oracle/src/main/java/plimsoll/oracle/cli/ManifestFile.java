package plimsoll.oracle.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import plimsoll.oracle.evidence.Environment;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.runtime.cli.CommandFailure;

/** Manifests as files; a file appears whole or not at all. */
final class ManifestFile {

    private ManifestFile() {}

    static void write(Path file, Manifest manifest) {
        WholeFile.write(file, manifest.file(Environment.here()));
    }

    /** The manifest, whose content must give its stated hash. */
    static Manifest read(Path file) {
        Manifest.Claim claim = claim(file);
        if (!claim.isConsistent()) {
            throw CommandFailure.input(
                    file,
                    "does not give its own hash: stated=" + claim.statedHash() + " found="
                            + claim.manifest().hash());
        }
        return claim.manifest();
    }

    static Manifest.Claim claim(Path file) {
        try {
            return Manifest.claim(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw CommandFailure.outside(file, "no such file");
        } catch (IOException e) {
            throw CommandFailure.outside(file, "cannot be read as UTF-8 text").because(e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input(file, String.valueOf(e.getMessage()));
        }
    }
}

package plimsoll.oracle.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import plimsoll.runtime.cli.CommandFailure;

/**
 * A file as a manifest names it: where it lay is nobody's business, what was in it is everybody's.
 *
 * @param name the file's own name, never a path
 * @param sha256 of the file's bytes as they lie on the disk (of the gzip, not of what is in it), lower-case hex
 */
public record InputFile(String name, String sha256) {

    public static InputFile of(Path file) {
        try (var bytes = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return new InputFile(
                    String.valueOf(file.getFileName()),
                    HexFormat.of().formatHex(bytes.getMessageDigest().digest()));
        } catch (IOException e) {
            throw CommandFailure.input(file, "cannot be read: " + e.getMessage())
                    .because(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

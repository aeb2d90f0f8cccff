package plimsoll.devnet.artefact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Hardhat and ganache, pinned with all that they need by a lock file, none of their scripts run. Half a gigabyte, fetched once. */
public final class OtherNodes {

    private static final List<String> FILES = List.of("package.json", "package-lock.json");

    private OtherNodes() {}

    /** A folder with both under node_modules. */
    public static Path prepare(Consumer<String> progress) {
        try {
            ContentHash key = new ContentHash().add(NpmPackages.platform());
            for (String file : FILES) {
                key.add(Resources.text("other-nodes/" + file));
            }
            return Cache.find().folder("other-nodes", key.key(), folder -> {
                progress.accept("Downloading hardhat and ganache");
                for (String file : FILES) {
                    Files.writeString(folder.resolve(file), Resources.text("other-nodes/" + file));
                }
                ExternalTool.run(
                        folder,
                        "install hardhat and ganache",
                        List.of("npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}

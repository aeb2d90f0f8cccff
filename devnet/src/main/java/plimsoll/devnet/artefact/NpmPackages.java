package plimsoll.devnet.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Fetches the packages of a list such as packages.json with {@code npm pack}: exactly these tarballs, at these versions, with these
 * integrity hashes, none of their dependencies and none of their scripts. (An install would bring gigabytes.)
 */
final class NpmPackages {

    /** The market's contracts, their compiler and the local node. */
    static final String MARKET = "packages.json";

    /** What our own contracts need. */
    static final String OWN = "own-packages.json";

    private final String list;
    private final Consumer<String> progress;

    NpmPackages(String list, Consumer<String> progress) {
        this.list = list;
        this.progress = progress;
    }

    static String key(String list) throws IOException {
        return new ContentHash().add(platform()).add(Resources.text(list)).key();
    }

    /** This machine as the node's packages name it, such as {@code linux-amd64}. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (system.startsWith("mac") ? "darwin" : system) + "-" + (processor.equals("aarch64") ? "arm64" : "amd64");
    }

    void downloadInto(Path folder) throws IOException {
        List<NpmPackage> packages = read();
        progress.accept("Downloading " + packages.size() + " npm packages of " + list);
        List<String> command = new ArrayList<>(List.of("npm", "pack", "--silent", "--ignore-scripts"));
        packages.forEach(it -> command.add(it.name() + "@" + it.version()));
        ExternalTool.run(folder, "download the packages of " + list, command);
        for (NpmPackage it : packages) {
            Path tarball = folder.resolve(it.tarball());
            it.verify(tarball);
            Path target = Files.createDirectories(folder.resolve(it.name()));
            List<String> unpack = new ArrayList<>(
                    List.of("tar", "-xzf", it.tarball(), "--strip-components=1", "-C", target.toString()));
            it.only().forEach(path -> unpack.add("package/" + path));
            ExternalTool.run(folder, "unpack " + it.name(), unpack);
            Files.delete(tarball);
        }
    }

    private List<NpmPackage> read() throws IOException {
        List<NpmPackage> packages = new ArrayList<>();
        for (JsonNode entry : new JsonMapper().readTree(Resources.text(list))) {
            if (entry.path("platform").asText(platform()).equals(platform())) {
                packages.add(new NpmPackage(
                        entry.get("name").textValue(),
                        entry.get("version").textValue(),
                        entry.get("integrity").textValue(),
                        entry.path("only")
                                .valueStream()
                                .map(JsonNode::textValue)
                                .toList()));
            }
        }
        return packages;
    }

    /** @param only the files and folders to unpack; empty for all */
    private record NpmPackage(String name, String version, String integrity, List<String> only) {

        /** The file name that npm gives the tarball. */
        String tarball() {
            return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
        }

        void verify(Path tarball) throws IOException {
            try (InputStream bytes = Files.newInputStream(tarball)) {
                byte[] digest = ContentHash.digest("SHA-512", bytes);
                String found = "sha512-" + Base64.getEncoder().encodeToString(digest);
                if (!found.equals(integrity)) {
                    throw new IOException("Package differs from the pinned one: package=" + name + "@" + version
                            + " found=" + found + " expected=" + integrity);
                }
            }
        }
    }
}

package plimsoll.devnet.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** ABIs of contracts that no package ships, as MIT-licensed client libraries publish them: pinned packages, fetched once. */
public final class PublishedAbis {

    private static final String LIST = "published-abis.json";

    private final Path packages;

    private PublishedAbis(Path packages) {
        this.packages = packages;
    }

    public static PublishedAbis prepare() throws IOException {
        NpmPackages wanted = new NpmPackages(LIST, sentence -> {});
        return new PublishedAbis(Cache.find().folder("published-abis", NpmPackages.key(LIST), wanted::downloadInto));
    }

    /** The entries of one ABI: what a package's file exports under a name. */
    public JsonNode read(String file, String export) throws IOException, InterruptedException {
        String script = "process.stdout.write(JSON.stringify(require(process.argv[1])[process.argv[2]]))";
        Process process = new ProcessBuilder(
                        List.of("node", "-e", script, packages.resolve(file).toString(), export))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("Published ABI cannot be read: file=" + file + " " + printed);
        }
        return new JsonMapper().readTree(printed);
    }
}

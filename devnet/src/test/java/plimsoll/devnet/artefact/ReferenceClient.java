package plimsoll.devnet.artefact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The npm client that relays' documentation names as the reference, run as a process: pinned packages, fetched once. */
public final class ReferenceClient {

    private static final String LIST = "reference-client.json";

    private final Path packages;

    private ReferenceClient(Path packages) {
        this.packages = packages;
    }

    public static ReferenceClient prepare() throws IOException {
        NpmPackages client = new NpmPackages(LIST, sentence -> {});
        return new ReferenceClient(
                Cache.find().folder("reference-client", NpmPackages.key(LIST), client::downloadInto));
    }

    /** Sends, tries and withdraws a bundle at a relay. */
    public void send(Path folder, String url, String key, String bundle) throws IOException, InterruptedException {
        run(folder, List.of("send", url, key, bundle));
    }

    /** The header that it would put over a body. */
    public String header(Path folder, String key, String body) throws IOException, InterruptedException {
        return run(folder, List.of("sign", key, body));
    }

    private String run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("reference-client.js"), Resources.text("reference-client.js"));
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("NODE_PATH", packages.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("Reference client failed: " + printed);
        }
        return printed;
    }
}

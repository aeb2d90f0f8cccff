package plimsoll.devnet.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Contracts that packages ship compiled, so that nothing is compiled here: Venus core 10.3 and its oracles. */
public final class ShippedContracts {

    private static final JsonMapper JSON = new JsonMapper();
    /** What is kept of each contract; a folder of another layout is made anew. */
    private static final String LAYOUT = "abi bytecode runtime linkReferences";

    private static final String VENUS_PACKAGES = "venus-packages.json";
    private static final String VENUS_CONTRACTS = "venus-contracts.json";

    private ShippedContracts() {}

    /** Downloads what this machine lacks of Venus (about 80 MB, of which 3 stay); later calls only look. */
    public static Artefacts venus(Consumer<String> progress) {
        try {
            String key = new ContentHash()
                    .add(NpmPackages.key(VENUS_PACKAGES))
                    .add(Resources.text(VENUS_CONTRACTS))
                    .add(LAYOUT)
                    .key();
            NpmPackages packages = new NpmPackages(VENUS_PACKAGES, progress);
            Path contracts = Cache.find().folder("venus", key, folder -> {
                Path unpacked = folder.resolve("packages");
                Files.createDirectory(unpacked);
                packages.downloadInto(unpacked);
                pick(unpacked, folder);
                Cache.delete(unpacked);
            });
            return new Artefacts(contracts, contracts);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static void pick(Path packages, Path folder) throws IOException {
        JsonNode wanted = JSON.readTree(Resources.text(VENUS_CONTRACTS));
        for (var entry : wanted.properties()) {
            JsonNode shipped =
                    JSON.readTree(packages.resolve(entry.getValue().textValue()).toFile());
            ObjectNode picked = JSON.createObjectNode();
            picked.set("abi", shipped.get("abi"));
            picked.set("bytecode", shipped.get("bytecode"));
            picked.set("runtime", shipped.get("deployedBytecode"));
            picked.set("linkReferences", JSON.createObjectNode());
            JSON.writeValue(folder.resolve(entry.getKey() + ".json").toFile(), picked);
        }
    }
}

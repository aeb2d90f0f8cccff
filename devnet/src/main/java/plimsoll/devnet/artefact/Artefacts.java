package plimsoll.devnet.artefact;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The local node's binary and the compiled contracts. {@link #prepare} downloads and compiles what this machine lacks
 * (about 30 seconds, once); later calls only look. Failures are {@link UncheckedIOException} with one plain sentence.
 */
public final class Artefacts {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path packages;
    private final Path contracts;
    private final Map<String, Artefact> read = new ConcurrentHashMap<>();

    Artefacts(Path packages, Path contracts) {
        this.packages = packages;
        this.contracts = contracts;
    }

    /** Makes the node and the market's contracts ready, telling {@code progress} in a sentence what takes time. */
    public static Artefacts prepare(Consumer<String> progress) {
        return prepare(Compiler.MARKET, "Aave v3.6 and the market's contracts (about 20 s, once)", progress);
    }

    /** Makes Morpho Blue ready, its adaptive interest rate model and what surrounds a market of it; no node. */
    public static Artefacts morpho(Consumer<String> progress) {
        return prepare(Compiler.MORPHO, "Morpho Blue (about 10 s, once)", progress);
    }

    private static Artefacts prepare(Compiler compiler, String title, Consumer<String> progress) {
        Cache cache = Cache.find();
        try {
            NpmPackages wanted = new NpmPackages(compiler.packages(), progress);
            Path packages = cache.folder("npm", NpmPackages.key(compiler.packages()), wanted::downloadInto);
            Path contracts = cache.folder("contracts", compiler.key(), folder -> {
                progress.accept("Compiling " + title);
                compiler.compileInto(folder, packages);
            });
            return new Artefacts(packages, contracts);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** The contract with this name, such as {@code PoolInstance} or {@code IPool}; contracts.json and its like list them. */
    public Artefact contract(String name) {
        return read.computeIfAbsent(name, key -> {
            try {
                return read(contracts, key);
            } catch (IOException e) {
                throw new UncheckedIOException("Artefact cannot be read: contract=" + key + " folder=" + contracts, e);
            }
        });
    }

    static Artefact read(Path contracts, String name) throws IOException {
        return Artefact.read(
                name, JSON.readTree(contracts.resolve(name + ".json").toFile()));
    }

    /** The anvil executable: the one that PLIMSOLL_ANVIL names, else the package's for this platform. */
    public Path anvil() {
        Optional<String> named = Optional.ofNullable(System.getenv("PLIMSOLL_ANVIL"));
        Path binary = named.map(Path::of)
                .orElseGet(() ->
                        packages.resolve(Path.of("@foundry-rs", "anvil-" + NpmPackages.platform(), "bin", "anvil")));
        if (!Files.isExecutable(binary)) {
            throw new UncheckedIOException(new IOException("No anvil for this platform: set PLIMSOLL_ANVIL to an anvil"
                    + " 1.7 executable: platform=" + NpmPackages.platform() + " looked=" + binary));
        }
        return binary;
    }
}

package plimsoll.devnet.artefact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Compiles the sources of contracts.json with the pinned solc (WebAssembly, run by node). */
final class Compiler {

    private static final String SCRIPT = "compile.js";
    private static final String SETTINGS = "contracts.json";
    private static final List<String> OURS = List.of("GovernanceToken.sol", "MarketGovernor.sol", "MintableToken.sol");

    private final Path packages;
    private final Consumer<String> progress;

    Compiler(Path packages, Consumer<String> progress) {
        this.packages = packages;
        this.progress = progress;
    }

    /** The hash of every source and setting: the packages count by their pinned integrity. */
    static String key() throws IOException {
        ContentHash hash = new ContentHash()
                .add(NpmPackages.key(NpmPackages.MARKET))
                .add(Resources.text(SCRIPT))
                .add(Resources.text(SETTINGS));
        for (String name : OURS) {
            hash.add(name).add(Resources.text("solidity/" + name));
        }
        return hash.key();
    }

    void compileInto(Path folder) throws IOException {
        progress.accept("Compiling Aave v3.6 and the market's contracts (about 20 s, once)");
        Path work = Files.createDirectory(folder.resolve("input"));
        Path sources = Files.createDirectory(work.resolve("solidity"));
        Files.writeString(work.resolve(SCRIPT), Resources.text(SCRIPT));
        Files.writeString(work.resolve(SETTINGS), Resources.text(SETTINGS));
        for (String name : OURS) {
            Files.writeString(sources.resolve(name), Resources.text("solidity/" + name));
        }
        ExternalTool.run(
                work,
                "compile the market's contracts",
                List.of("node", SCRIPT, packages.toString(), "solidity", SETTINGS, folder.toString()));
    }
}

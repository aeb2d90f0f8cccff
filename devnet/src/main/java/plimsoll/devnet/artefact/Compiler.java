package plimsoll.devnet.artefact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles what a settings file such as contracts.json names with the pinned solc (WebAssembly, run by node).
 *
 * @param packages the list of npm packages that it needs
 * @param settings the compiler's settings, and which contracts are wanted
 * @param ours our own sources: their names to the resources that hold them
 */
record Compiler(String packages, String settings, Map<String, String> ours) {

    /** The lending market of the local chain. */
    static final Compiler MARKET = new Compiler(
            NpmPackages.MARKET,
            "contracts.json",
            resources("/plimsoll/devnet/solidity/", "GovernanceToken.sol", "MarketGovernor.sol", "MintableToken.sol"));

    /** Morpho Blue, and what of ours stands around its markets. */
    static final Compiler MORPHO = new Compiler(
            "morpho-packages.json",
            "morpho-contracts.json",
            resources(
                    "/plimsoll/devnet/solidity/",
                    "morpho/FeedOracle.sol",
                    "morpho/FixedRateIrm.sol",
                    "morpho/LiquidationProbe.sol",
                    "morpho/PreLiquidationFixture.sol"));

    /** What the keeper deploys. */
    static final Compiler EXECUTOR = new Compiler(
            NpmPackages.OWN,
            "executor.json",
            resources(
                    "/plimsoll/solidity/",
                    "executor/Executor.sol",
                    "executor/Interfaces.sol",
                    "executor/Ledger.sol",
                    "executor/Lenders.sol",
                    "executor/Protocols.sol",
                    "executor/Roles.sol",
                    "executor/Steps.sol",
                    "executor/Transient.sol",
                    "executor/Venues.sol"));

    /** What tests meet besides the market. */
    static final Compiler FIXTURES = new Compiler(
            NpmPackages.OWN,
            "fixtures.json",
            resources(
                    "/plimsoll/devnet/solidity/",
                    "fixtures/AdapterVenue.sol",
                    "fixtures/CurveLikePool.sol",
                    "fixtures/HostileLender.sol",
                    "fixtures/LocalComet.sol",
                    "fixtures/LocalFeed.sol",
                    "fixtures/PlainToken.sol",
                    "fixtures/PlainVault.sol"));

    private static final String SCRIPT = "compile.js";

    Compiler {
        ours = new LinkedHashMap<>(ours);
    }

    /** The hash of every source and setting: the packages count by their pinned integrity. */
    String key() throws IOException {
        ContentHash hash = new ContentHash()
                .add(NpmPackages.key(packages))
                .add(Resources.text(SCRIPT))
                .add(Resources.text(settings));
        for (Map.Entry<String, String> source : ours.entrySet()) {
            hash.add(source.getKey()).add(Resources.at(source.getValue()));
        }
        return hash.key();
    }

    /** @param unpacked where the packages are */
    void compileInto(Path folder, Path unpacked) throws IOException {
        Path work = Files.createDirectory(folder.resolve("input"));
        Path sources = Files.createDirectory(work.resolve("solidity"));
        Files.writeString(work.resolve(SCRIPT), Resources.text(SCRIPT));
        Files.writeString(work.resolve(settings), Resources.text(settings));
        for (Map.Entry<String, String> source : ours.entrySet()) {
            Path file = sources.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, Resources.at(source.getValue()));
        }
        ExternalTool.run(
                work,
                "compile the contracts of " + settings,
                List.of("node", SCRIPT, unpacked.toString(), "solidity", settings, folder.toString()));
    }

    private static Map<String, String> resources(String folder, String... names) {
        Map<String, String> resources = new LinkedHashMap<>();
        for (String name : names) {
            resources.put(name, folder + name);
        }
        return resources;
    }
}

package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.Origin;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.calibration.Recipe;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.file.FileMarket;
import plimsoll.oracle.file.FoundFiles;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.ChainId;

/** Makes a manifest again from the chain or from its files and compares the bytes. */
@Command(
        name = "verify",
        description = "Recompute a manifest from its inputs: exit 0 where the bytes are the same, 1 where not.",
        footer = {
            "",
            "A manifest of a chain needs --rpc, one of files needs --data: folders in which its input files are looked"
                    + " for",
            "by name. An input whose bytes differ is the first difference; one that is missing ends with exit 3.",
            "",
            "Examples:",
            "  oracle verify manifest.json --rpc http://127.0.0.1:8545",
            "  oracle verify manifest.json --data prices --data params"
        })
final class VerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MANIFEST", description = "The manifest file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder with input files; may be repeated.")
    private List<Path> folders = List.of();

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
    record Answer(boolean same, Optional<String> firstDifference, Optional<String> recomputedHash) {}

    /** What a manifest says that it was made from. */
    private sealed interface Ingredients {

        record OfChain(
                ChainId chain, Address pool, BlockHash block, ReadingSettings reading, CalibrationSettings settings)
                implements Ingredients {}

        record OfFiles(Origin.FromFiles files, CalibrationSettings settings) implements Ingredients {}
    }

    @Override
    public Integer call() {
        Manifest.Claim claim = ManifestFile.claim(file);
        return switch (ingredients(claim.manifest())) {
            case Ingredients.OfChain chain -> answer(claim, again(chain), Optional.empty());
            case Ingredients.OfFiles files -> fromFiles(claim, files);
        };
    }

    private int answer(Manifest.Claim claim, Manifest recomputed, Optional<String> found) {
        Optional<String> difference = found.or(() -> claim.manifest().firstDifference(recomputed));
        if (difference.isEmpty() && !claim.isConsistent()) {
            difference = Optional.of("hash: manifest=" + claim.statedHash() + " recomputed=" + recomputed.hash());
        }
        boolean same = difference.isEmpty();
        output.show(
                new Answer(same, difference, Optional.of(recomputed.hash())),
                same ? "same bytes, hash " + recomputed.hash() : "not the same: " + difference.orElse(""));
        return same ? 0 : 1;
    }

    private Ingredients ingredients(Manifest manifest) {
        try {
            Recipe recipe = Recipe.of(manifest);
            return recipe.isFromFiles()
                    ? new Ingredients.OfFiles(recipe.files(), recipe.settings())
                    : new Ingredients.OfChain(
                            recipe.chain(), recipe.pool(), recipe.block(), recipe.reading(), recipe.settings());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw CommandFailure.input(file, String.valueOf(e.getMessage()));
        }
    }

    private Manifest again(Ingredients.OfChain from) {
        try (EndpointPool pool = node.open()) {
            Chain chain = new Chain(pool);
            NodeOptions.requireChain(chain, from.chain());
            BlockHeader block = chain.findHeader(BlockAt.hash(from.block()))
                    .orElseThrow(() -> CommandFailure.outside("Node does not have the manifest's block: block="
                            + from.block() + " node=" + pool.endpoint()));
            return calibrate(
                    new MarketReader(chain, from.pool(), from.reading()).read(from.chain(), block), from.settings());
        }
    }

    private int fromFiles(Manifest.Claim claim, Ingredients.OfFiles from) {
        if (folders.isEmpty()) {
            throw CommandFailure.usage("This manifest was made from files: give their folders as --data", "--data");
        }
        FoundFiles found = FoundFiles.under(folders, from.files().files());
        Optional<String> changed = found.firstDifference();
        try {
            MarketState market =
                    FileMarket.readAgain(from.files(), found, from.settings().history());
            return answer(claim, calibrate(market, from.settings()), changed);
        } catch (CommandFailure e) {
            if (changed.isEmpty()) {
                throw e;
            }
            // A changed byte may make a file unreadable; that it changed is the answer all the same.
            output.show(
                    new Answer(false, changed, Optional.empty()),
                    "not the same: " + changed.get() + "; and it cannot be read: " + e.sentence());
            return 1;
        }
    }

    private Manifest calibrate(MarketState market, CalibrationSettings settings) {
        try (StagedProgress progress = new StagedProgress(output)) {
            return new Calibrator(settings, new FilteredHistoryModel())
                    .calibrate(market, progress)
                    .manifest();
        }
    }
}

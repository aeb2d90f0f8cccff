package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.calibration.Recipe;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.ChainId;

/** Makes a manifest again from the chain and compares the bytes. */
@Command(
        name = "verify",
        description = "Recompute a manifest from its inputs: exit 0 where the bytes are the same, 1 where not.")
final class VerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MANIFEST", description = "The manifest file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
    record Answer(boolean same, Optional<String> firstDifference, String recomputedHash) {}

    /** What a manifest says that it was made from. */
    private record Ingredients(
            ChainId chain, Address pool, BlockHash block, ReadingSettings reading, CalibrationSettings settings) {}

    @Override
    public Integer call() {
        Manifest.Claim claim = ManifestFile.claim(file);
        Ingredients ingredients = ingredients(claim.manifest());
        Manifest recomputed;
        try (EndpointPool pool = node.open()) {
            recomputed = recompute(new Chain(pool), ingredients, pool.endpoint());
        }
        Optional<String> difference = claim.manifest().firstDifference(recomputed);
        if (difference.isEmpty() && !claim.isConsistent()) {
            difference = Optional.of("hash: manifest=" + claim.statedHash() + " recomputed=" + recomputed.hash());
        }
        boolean same = difference.isEmpty();
        output.show(
                new Answer(same, difference, recomputed.hash()),
                same ? "same bytes, hash " + recomputed.hash() : "not the same: " + difference.orElse(""));
        return same ? 0 : 1;
    }

    private Ingredients ingredients(Manifest manifest) {
        try {
            Recipe recipe = Recipe.of(manifest);
            return new Ingredients(recipe.chain(), recipe.pool(), recipe.block(), recipe.reading(), recipe.settings());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw CommandFailure.input(file, String.valueOf(e.getMessage()));
        }
    }

    private static Manifest recompute(Chain chain, Ingredients from, String endpoint) {
        NodeOptions.requireChain(chain, from.chain());
        BlockHeader block = chain.findHeader(BlockAt.hash(from.block()))
                .orElseThrow(() -> CommandFailure.outside(
                        "Node does not have the manifest's block: block=" + from.block() + " node=" + endpoint));
        MarketState market = new MarketReader(chain, from.pool(), from.reading()).read(from.chain(), block);
        CalibrationResult result = new Calibrator(from.settings(), new FilteredHistoryModel()).calibrate(market);
        return result.manifest();
    }
}

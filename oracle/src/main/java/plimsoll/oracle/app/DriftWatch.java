package plimsoll.oracle.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.oracle.calibration.Drift;
import plimsoll.oracle.calibration.DriftRule;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.calibration.Recipe;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.store.OracleStore;
import plimsoll.oracle.store.StoredCalibration;

/** Holds the newest block against the newest stored calibration. */
@Singleton
class DriftWatch {

    private final OracleSettings settings;
    private final Chain chain;
    private final OracleStore store;
    private final OracleLog log;
    private final OracleMetrics metrics;

    @Inject
    DriftWatch(OracleSettings settings, Chain chain, OracleStore store, OracleLog log, OracleMetrics metrics) {
        this.settings = settings;
        this.chain = chain;
        this.store = store;
        this.log = log;
        this.metrics = metrics;
    }

    /** Why the market should be judged anew; nothing where it never was, or only just. */
    List<Drift> look() {
        Optional<StoredCalibration> newest = store.newestCalibration(settings.chain(), settings.pool());
        Optional<String> file = newest.flatMap(calibration -> store.manifestFile(calibration.manifestHash()));
        if (newest.isEmpty() || file.isEmpty()) {
            return List.of();
        }
        chain.verifyChainId(settings.chain());
        BlockHeader head = chain.head();
        Recipe recipe = Recipe.of(Manifest.read(file.get()));
        DriftRule rule = settings.drifting().rule();
        if (rule.isResting(recipe.time(), head.time())) {
            return List.of();
        }
        MarketReader reader = new MarketReader(chain, settings.pool(), reading());
        List<Drift> drifts = rule.drifts(
                new DriftRule.Basis(
                        recipe.time(),
                        recipe.judged(),
                        newest.get().circumstances().totals()),
                new DriftRule.Sight(head.time(), reader.reserves(head), reader.totals(head)));
        if (!drifts.isEmpty()) {
            drifts.forEach(metrics::drifted);
            log.drifted(newest.get().manifestHash(), drifts);
        }
        return drifts;
    }

    private ReadingSettings reading() {
        ReadingSettings whole = settings.reading();
        return new ReadingSettings(
                settings.drifting().rounds(), whole.firstBlock(), whole.heartbeat(), whole.heartbeats());
    }
}

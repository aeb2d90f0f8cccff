package plimsoll.oracle.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import plimsoll.oracle.calibration.CalibrationSettings.Regimes;
import plimsoll.oracle.calibration.DependenceStage.Dependence;
import plimsoll.risk.dependence.CorrelationMatrix;
import plimsoll.risk.dependence.TCopula;
import plimsoll.risk.path.JointPaths;
import plimsoll.risk.path.Jump;
import plimsoll.risk.path.Jump.Move;
import plimsoll.risk.path.PathAsset;
import plimsoll.risk.path.PathSettings;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.path.Regime;
import plimsoll.risk.stress.StressedAsset.Kind;

/** Joint paths of a book's assets: those with a model move together in three regimes, the others keep their price. */
final class BookPaths {

    private BookPaths() {}

    static PathSource of(CalibrationSettings settings, BookModel model, Dependence dependence) {
        List<PathAsset> assets = new ArrayList<>();
        for (AssetJudgement judgement : model.assets()) {
            assets.add(assets.size() < model.priced().size() ? moving(settings, judgement) : PathAsset.constant());
        }
        TCopula copula = new TCopula(
                padded(dependence.copula().correlation(), assets.size()),
                dependence.copula().nu());
        return JointPaths.of(
                assets,
                regimes(settings, model, copula),
                new PathSettings(
                        settings.periods(settings.horizons().user()),
                        settings.chance().jointPaths(),
                        settings.chance().seed(),
                        true));
    }

    private static PathAsset moving(CalibrationSettings settings, AssetJudgement judgement) {
        Measures measures = judgement.measures().orElseThrow();
        long parts = measures.period().toSeconds() / settings.history().period().toSeconds();
        return PathAsset.of(measures.marginal().orElseThrow().inParts(Math.toIntExact(Math.max(1, parts))));
    }

    /** What keeps its price hangs together with nothing. */
    private static CorrelationMatrix padded(CorrelationMatrix found, int size) {
        double[][] rows = CorrelationMatrix.identity(size).rows();
        for (int i = 0; i < found.size(); i++) {
            for (int j = 0; j < found.size(); j++) {
                rows[i][j] = found.get(i, j);
            }
        }
        return CorrelationMatrix.of(rows);
    }

    private static List<Regime> regimes(CalibrationSettings settings, BookModel model, TCopula copula) {
        Regimes weights = settings.regimes();
        Set<Integer> pegged = new TreeSet<>();
        List<Jump> depegs = new ArrayList<>();
        for (int i = 0; i < model.priced().size(); i++) {
            String symbol = model.priced().get(i).reserve().symbol();
            Kind kind = StressStage.kind(symbol);
            if (kind == Kind.STAKED_ETHER || kind == Kind.STABLE) {
                pegged.add(i);
                depegs.add(Jump.ofOne(
                        "depeg of " + symbol,
                        weights.depegsPerStep(),
                        i,
                        copula.correlation().size(),
                        new Move(weights.depegMean(), weights.depegDeviation())));
            }
        }
        Regime base = Regime.base(1 - weights.downturn() - weights.broken(), copula);
        List<Regime> regimes = new ArrayList<>(List.of(base));
        if (weights.downturn() > 0) {
            regimes.add(
                    base.broadDownturn(weights.downturn(), weights.downturnTogether(), weights.downturnVolatility()));
        }
        if (weights.broken() > 0 && !pegged.isEmpty()) {
            regimes.add(base.brokenCorrelation(
                    weights.broken(), pegged, weights.brokenRemaining(), depegs.toArray(Jump[]::new)));
        }
        return regimes;
    }
}

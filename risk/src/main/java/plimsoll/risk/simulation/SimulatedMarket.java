package plimsoll.risk.simulation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters under trial: assets in the order of the paths' assets, and efficiency modes.
 *
 * @param eModes terms that collateral entries of a book may name instead of their asset's own
 */
public record SimulatedMarket(List<SimulatedAsset> assets, List<CollateralTerms> eModes) implements Serializable {

    public SimulatedMarket {
        assets = List.copyOf(assets);
        eModes = List.copyOf(eModes);
        if (assets.isEmpty()) {
            throw new IllegalArgumentException("market has no assets");
        }
        if (assets.stream().map(SimulatedAsset::name).distinct().count() != assets.size()) {
            throw new IllegalArgumentException("market names an asset twice: assets="
                    + assets.stream().map(SimulatedAsset::name).toList());
        }
    }

    public SimulatedMarket(List<SimulatedAsset> assets) {
        this(assets, List.of());
    }

    /** The place of an asset by its name. */
    public int indexOf(String name) {
        for (var i = 0; i < assets.size(); i++) {
            if (assets.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("market has no such asset: found=" + name);
    }

    /** The same market with one asset on other terms. */
    public SimulatedMarket with(int asset, CollateralTerms terms) {
        var changed = new ArrayList<>(assets);
        changed.set(asset, assets.get(asset).withTerms(terms));
        return new SimulatedMarket(changed, eModes);
    }

    /** The same market with one asset's threshold moved, its LTV in proportion. */
    public SimulatedMarket withThreshold(int asset, double threshold) {
        return with(asset, assets.get(asset).terms().withThreshold(threshold));
    }

    /** The terms on which a collateral entry counts. */
    CollateralTerms terms(int asset, int eMode) {
        return eMode == SimulatedBook.NO_E_MODE ? assets.get(asset).terms() : eModes.get(eMode);
    }
}

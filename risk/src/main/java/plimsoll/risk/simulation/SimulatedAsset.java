package plimsoll.risk.simulation;

import java.io.Serializable;

/**
 * One asset of a simulated market. Its price is 1 at the start: an amount is what it was worth then, in base value.
 *
 * @param protocolFeeShare the protocol's share of the liquidation bonus
 * @param impact what selling it does to its price
 * @param resilience the share of selling pressure that is still there one step later: 0 heals at once, 1 never
 * @param gasPerLiquidation what one call that seizes it costs, in base value
 */
public record SimulatedAsset(
        String name,
        CollateralTerms terms,
        double protocolFeeShare,
        boolean borrowable,
        SaleImpact impact,
        double resilience,
        double gasPerLiquidation)
        implements Serializable {

    public SimulatedAsset {
        if (!(protocolFeeShare >= 0 && protocolFeeShare <= 1)) {
            throw new IllegalArgumentException("protocol's share of the bonus is out of range: asset=%s found=%s"
                    .formatted(name, protocolFeeShare));
        }
        if (!(resilience >= 0 && resilience <= 1)) {
            throw new IllegalArgumentException(
                    "resilience is out of range: asset=%s found=%s".formatted(name, resilience));
        }
        if (!(gasPerLiquidation >= 0)) {
            throw new IllegalArgumentException("gas is negative: asset=%s found=%s".formatted(name, gasPerLiquidation));
        }
    }

    public SimulatedAsset withTerms(CollateralTerms newTerms) {
        return new SimulatedAsset(name, newTerms, protocolFeeShare, borrowable, impact, resilience, gasPerLiquidation);
    }
}

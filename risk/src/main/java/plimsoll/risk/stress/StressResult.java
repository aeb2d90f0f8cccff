package plimsoll.risk.stress;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one scenario did to a market's book; values in the book's base currency.
 *
 * @param badDebt debt that no collateral covers at the end
 * @param liquidatedValue collateral that liquidators seized, at the prices of the seizure
 * @param accountsLiquidated at least once
 * @param worstAsset the collateral behind most of the bad debt, empty where there is none
 */
public record StressResult(
        String scenario,
        double badDebt,
        double liquidatedValue,
        double accountsLiquidated,
        Optional<String> worstAsset) {

    public StressResult {
        if (!(badDebt >= 0 && liquidatedValue >= 0 && accountsLiquidated >= 0)) {
            throw new IllegalArgumentException(
                    "a stress costs nothing or something: scenario=%s badDebt=%s liquidated=%s accounts=%s"
                            .formatted(scenario, badDebt, liquidatedValue, accountsLiquidated));
        }
    }

    /** Bad debt over liquidated value; empty where nothing was liquidated. */
    public OptionalDouble badDebtShare() {
        return liquidatedValue > 0 ? OptionalDouble.of(badDebt / liquidatedValue) : OptionalDouble.empty();
    }
}

package plimsoll.keeper.history;

import java.math.BigDecimal;

/**
 * One account of a snapshot of Aave v2's borrowers against stETH, as the file tells it: values in ether, an amount in stETH.
 *
 * @param threshold the account's average liquidation threshold in bps, which the contract cuts to whole ones
 * @param dollarDebt what of the debt is known to be stablecoins
 * @param otherNamedDebt what of it is known to be something else than ether and stablecoins
 */
public record StakedPosition(
        String account,
        BigDecimal collateral,
        BigDecimal debt,
        int threshold,
        double healthFactor,
        BigDecimal staked,
        BigDecimal etherDebt,
        BigDecimal dollarDebt,
        BigDecimal otherNamedDebt) {

    /** What of the debt no file names. */
    BigDecimal unnamedDebt() {
        return debt.subtract(etherDebt)
                .subtract(dollarDebt)
                .subtract(otherNamedDebt)
                .max(BigDecimal.ZERO);
    }
}

package plimsoll.keeper.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One liquidation that happened, as a file tells it; amounts are whole tokens.
 *
 * @param price what one whole collateral token was worth in debt tokens by the file's prices, where it has both
 */
public record RecordedLiquidation(Instant at, String account, Exchange exchange, Optional<BigDecimal> price) {

    /** What changed hands: the debt repaid and the collateral seized for it. */
    public record Exchange(String debt, BigDecimal repaid, String collateral, BigDecimal seized) {

        boolean isOfSomething() {
            return repaid.signum() > 0 && seized.signum() > 0;
        }

        boolean isOfOneAsset() {
            return debt.equals(collateral);
        }

        String pair() {
            return collateral + "/" + debt;
        }

        /** Debt tokens for a whole collateral token, the bonus included. */
        double rate() {
            return repaid.doubleValue() / seized.doubleValue();
        }

        /** How far the two amounts' last units may move the rate, as a share of it. */
        double rounding() {
            return VersionTwo.unit(debt).doubleValue() / repaid.doubleValue()
                    + VersionTwo.unit(collateral).doubleValue() / seized.doubleValue()
                    + FILE_DIGITS;
        }

        /** The files were written from numbers of 16 digits. */
        private static final double FILE_DIGITS = 1e-14;
    }
}

package plimsoll.keeper.profit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * What was earned, and whether the chain agrees.
 *
 * @param from the block before the first transaction
 * @param to the last transaction's block
 * @param unpriced how many token movements had no price at their block and count as nothing
 */
public record ProfitReport(BlockNumber from, BlockNumber to, List<Line> lines, List<Balance> balances, int unpriced) {

    public ProfitReport {
        lines = List.copyOf(lines);
        balances = List.copyOf(balances);
    }

    /**
     * One account, market and day. Values are in the base currency at the protocol's prices of each transaction's block.
     *
     * @param subject the borrower, or what else was sent: sell, approve
     * @param gas worth of the fees; nothing where the coin has no price
     */
    public record Line(
            LocalDate day,
            String market,
            String subject,
            int transactions,
            int reverted,
            BigDecimal moved,
            BigDecimal gas,
            BigInteger feeWei) {

        public BigDecimal net() {
            return moved.subtract(gas);
        }
    }

    /**
     * One token over all of the report's blocks, in its smallest unit.
     *
     * @param token {@link Address#ZERO} stands for the chain's coin
     * @param ours what our transactions moved; of the coin, their fees
     * @param others what other transactions moved into or out of our accounts
     * @param difference what the chain says that we own at the end, less what it says of the beginning
     */
    public record Balance(Address token, String symbol, BigInteger ours, BigInteger others, BigInteger difference) {

        /** What neither our transactions nor others' transfers account for; nought, or something is wrong. */
        public BigInteger unexplained() {
            return difference.subtract(ours).subtract(others);
        }
    }

    public BigDecimal net() {
        return lines.stream().map(Line::net).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Whether flows and balances agree to the smallest unit in every token. */
    public boolean isReconciled() {
        return balances.stream().allMatch(balance -> balance.unexplained().signum() == 0);
    }
}

package plimsoll.keeper.position;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which accounts may have a health factor below h? The first, fast answer: it may name a healthy account, it never leaves out
 * an unhealthy one. What it names is confirmed exactly before anything acts.
 *
 * <p>One sparse matrix-vector product over columns, one row per account and reserve:
 *
 * <pre>
 * S̃ = Σ c·wᶜ,  D̃ = Σ d·wᵈ,   flag  ⟺  S̃·(1 − ε) ≤ (h·10⁴·D̃ + σ)·(1 + ε)
 *
 * c, d   scaled supply (0 unless used as collateral) and scaled debt, raw token units
 * wᶜ     normalised income ÷ 10²⁷ × price ÷ token unit × liquidation threshold in bps
 * wᵈ     normalised debt ÷ 10²⁷ × price ÷ token unit
 * σ      Σ over collateral rows (price ÷ unit + 1) × threshold + h·10⁴ × Σ over debt rows (price ÷ unit + 1)
 * </pre>
 *
 * <p>Why it cannot miss. The protocol computes an integer S from S* = Σ c·wᶜ by flooring twice per collateral (the balance, then
 * its value): S* − S ≤ Σ (price ÷ unit + 1) × threshold. It computes D from D* = Σ d·wᵈ by two ceilings per debt:
 * D − D* ≤ Σ (price ÷ unit + 1). Its health factor ⌊(S·10¹⁸ + ⌊D/2⌋) ÷ D⌋ ÷ 10⁴ is below h only if S &lt; h·10⁴·D, hence only if
 * S* &lt; h·10⁴·D* + σ. All terms are non-negative, so each double sum is within a factor 1 ± (n + 8)·2⁻⁵³ of the real one for n
 * rows; an account has at most 256 rows, and ε = 10⁻¹² covers 264·2⁻⁵³ ≈ 3·10⁻¹⁴ thirty times over. Half-up rounding, which
 * revisions before 3.5 use, errs by half of what σ allows.
 */
final class HealthScreen {

    /** Covers every rounding of the double sums, see above. */
    static final double RELATIVE_ERROR = 1e-12;

    private int rows;
    private int[] accountOfRow = new int[64];
    private int[] weightOfRow = new int[64];
    private double[] supplyOfRow = new double[64];
    private double[] debtOfRow = new double[64];

    /** Adds an empty row for an account and returns its number; rows never move. */
    int addRow(int account) {
        if (rows == accountOfRow.length) {
            int larger = rows * 2;
            accountOfRow = Arrays.copyOf(accountOfRow, larger);
            weightOfRow = Arrays.copyOf(weightOfRow, larger);
            supplyOfRow = Arrays.copyOf(supplyOfRow, larger);
            debtOfRow = Arrays.copyOf(debtOfRow, larger);
        }
        accountOfRow[rows] = account;
        return rows++;
    }

    /** Sets what a row holds; {@code collateral} is 0 where the supply is not used as collateral. */
    void setRow(int row, int weight, double collateral, double debt) {
        weightOfRow[row] = weight;
        supplyOfRow[row] = collateral;
        debtOfRow[row] = debt;
    }

    /**
     * The accounts, in ascending order, whose health factor may be below {@code healthFactor}. Accounts without debt are never
     * named.
     */
    int[] accountsBelow(double healthFactor, int accounts, Weights weights) {
        double scale = healthFactor * 1e4;
        double[] collateral = new double[accounts];
        double[] debt = new double[accounts];
        double[] slack = new double[accounts];
        boolean[] indebted = new boolean[accounts];
        for (int row = 0; row < rows; row++) {
            int account = accountOfRow[row];
            int weight = weightOfRow[row];
            if (supplyOfRow[row] > 0) {
                collateral[account] += supplyOfRow[row] * weights.collateral[weight];
                slack[account] += weights.collateralSlack[weight];
            }
            if (debtOfRow[row] > 0) {
                debt[account] += debtOfRow[row] * weights.debt[weight];
                slack[account] += scale * weights.debtSlack[weight];
                indebted[account] = true;
            }
        }
        return IntStream.range(0, accounts)
                .filter(account -> indebted[account]
                        && collateral[account] * (1 - RELATIVE_ERROR)
                                <= (scale * debt[account] + slack[account]) * (1 + RELATIVE_ERROR))
                .toArray();
    }

    /** What one raw unit of each reserve weighs, per eMode category: everything that changes without an account's doing. */
    static final class Weights {
        private final double[] collateral;
        private final double[] collateralSlack;
        private final double[] debt;
        private final double[] debtSlack;

        Weights(int size) {
            collateral = new double[size];
            collateralSlack = new double[size];
            debt = new double[size];
            debtSlack = new double[size];
        }

        /**
         * @param income normalised income as a plain factor (1.0 = 10²⁷)
         * @param normalisedDebt likewise
         * @param pricePerRaw price ÷ token unit, in the smallest unit of the base currency
         * @param thresholdBps the liquidation threshold in basis points
         */
        void set(int weight, double income, double normalisedDebt, double pricePerRaw, int thresholdBps) {
            collateral[weight] = income * pricePerRaw * thresholdBps;
            collateralSlack[weight] = (pricePerRaw + 1) * thresholdBps;
            debt[weight] = normalisedDebt * pricePerRaw;
            debtSlack[weight] = pricePerRaw + 1;
        }

        /** A reserve whose price is unknown: worth nothing as collateral, infinitely dear as debt. */
        void setUnpriced(int weight) {
            collateral[weight] = 0;
            collateralSlack[weight] = 0;
            debt[weight] = Double.POSITIVE_INFINITY;
            debtSlack[weight] = 0;
        }
    }
}

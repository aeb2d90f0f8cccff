package plimsoll.keeper.position;

import java.util.Arrays;

/**
 * What one account puts into the screen's sum: an amount and what it weighs, for each thing that it owes or that counts as its
 * collateral. What is zero is no term.
 */
final class Terms {

    private int size;
    private boolean hasDebt;
    private double[] amounts = new double[4];
    private int[] factors = new int[4];

    /** Adds an account's row; {@code collateral} is 0 where the supply is not used as collateral. */
    void add(int weight, double collateral, double debt) {
        if (collateral != 0) {
            add(collateral, Factors.ofCollateral(weight));
        }
        if (debt != 0) {
            add(debt, Factors.ofDebt(weight));
            hasDebt = true;
        }
    }

    private void add(double amount, int factor) {
        if (size == amounts.length) {
            amounts = Arrays.copyOf(amounts, 2 * size);
            factors = Arrays.copyOf(factors, 2 * size);
        }
        amounts[size] = amount;
        factors[size++] = factor;
    }

    int size() {
        return size;
    }

    boolean hasDebt() {
        return hasDebt;
    }

    double amount(int term) {
        return amounts[term];
    }

    int factor(int term) {
        return factors[term];
    }
}

package plimsoll.keeper.position;

/**
 * The weights of one screening as its sum takes them: signed, and each made worse for the account by what double arithmetic may
 * err. A term's factor and its slack stand beside each other, so that both come with one line of the cache. The first factor
 * is zero, for places without a term.
 */
final class Factors {

    /** Where the factor of an empty place stands. */
    static final int NONE = 0;

    private Factors() {}

    static int ofCollateral(int weight) {
        return 4 * weight + 2;
    }

    static int ofDebt(int weight) {
        return 4 * weight + 4;
    }

    static double[] of(Weights weights, double healthFactor, double relativeError) {
        double less = 1 - relativeError;
        double more = 1 + relativeError;
        int size = weights.collateral.length;
        double[] factors = new double[4 * size + 2];
        for (int weight = 0; weight < size; weight++) {
            factors[ofCollateral(weight)] = weights.collateral[weight] * less;
            factors[ofCollateral(weight) + 1] = weights.collateralSlack[weight] * more;
            factors[ofDebt(weight)] = -(healthFactor * weights.debt[weight] * more);
            factors[ofDebt(weight) + 1] = healthFactor * weights.debtSlack[weight] * more;
        }
        return factors;
    }
}

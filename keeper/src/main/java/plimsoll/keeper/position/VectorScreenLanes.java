package plimsoll.keeper.position;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Several accounts at once on the Vector API: the only class of the keeper that uses it. Each lane does the operations of
 * {@link ScalarScreenLanes} in their order; the last block, where it is not full, goes through the scalar twin.
 */
final class VectorScreenLanes extends ScreenLanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED.length() <= Slab.BLOCK
            ? DoubleVector.SPECIES_PREFERRED
            : DoubleVector.SPECIES_512;

    private static final int LENGTH = SPECIES.length();

    /** Two lanes do not make up for what gathering costs. */
    static boolean pays() {
        return LENGTH >= 4;
    }

    @Override
    int notPositive(Slab slab, double[] factors, int[] places, int found) {
        int next = found;
        int full = slab.size() & -Slab.BLOCK;
        int width = slab.width;
        double[] amounts = slab.amounts;
        int[] factorOf = slab.factors;
        for (int place = 0; place < full; place += LENGTH) {
            int at = slab.first(place);
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int term = 0; term < width; term++, at += Slab.BLOCK) {
                DoubleVector amount = DoubleVector.fromArray(SPECIES, amounts, at);
                DoubleVector factor = DoubleVector.fromArray(SPECIES, factors, 0, factorOf, at);
                DoubleVector slack = DoubleVector.fromArray(SPECIES, factors, 1, factorOf, at);
                sum = sum.add(amount.mul(factor)).sub(slack);
            }
            long notPositive = sum.compare(VectorOperators.GT, 0).not().toLong();
            for (; notPositive != 0; notPositive &= notPositive - 1) {
                places[next++] = place + Long.numberOfTrailingZeros(notPositive);
            }
        }
        return ScalarScreenLanes.notPositive(slab, factors, places, next, full);
    }
}

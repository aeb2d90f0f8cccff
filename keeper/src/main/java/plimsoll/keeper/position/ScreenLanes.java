package plimsoll.keeper.position;

import plimsoll.risk.strict.Lanes;

/**
 * The screen's sum over all accounts of a slab, which is where its time goes. Two twins that give the same bits: in each account's
 * sum the same operations in the same order.
 */
abstract sealed class ScreenLanes permits ScalarScreenLanes, VectorScreenLanes {

    /** The vector twin where the virtual machine has it, {@value Lanes#PROPERTY} does not forbid it and vectors are long enough. */
    static ScreenLanes best() {
        return Lanes.isVectorPresent() && VectorScreenLanes.pays() ? new VectorScreenLanes() : new ScalarScreenLanes();
    }

    /**
     * Writes the slab's places whose sum is not positive into {@code places} from {@code found} on, in ascending order, and
     * returns where they end. The array has room for all.
     */
    abstract int notPositive(Slab slab, double[] factors, int[] places, int found);
}

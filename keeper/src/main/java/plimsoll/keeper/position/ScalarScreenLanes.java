package plimsoll.keeper.position;

/** One account after the other: the reference. */
final class ScalarScreenLanes extends ScreenLanes {

    @Override
    int notPositive(Slab slab, double[] factors, int[] places, int found) {
        return notPositive(slab, factors, places, found, 0);
    }

    /** From one place on. */
    static int notPositive(Slab slab, double[] factors, int[] places, int found, int from) {
        int next = found;
        double[] amounts = slab.amounts;
        int[] factorOf = slab.factors;
        for (int place = from; place < slab.size(); place++) {
            double sum = 0;
            int at = slab.first(place);
            for (int term = 0; term < slab.width; term++, at += Slab.BLOCK) {
                int factor = factorOf[at];
                sum = sum + amounts[at] * factors[factor] - factors[factor + 1];
            }
            if (!(sum > 0)) {
                places[next++] = place;
            }
        }
        return next;
    }
}

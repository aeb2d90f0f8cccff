package plimsoll.keeper.position;

/**
 * What one stored unit of each reserve weighs, per efficiency mode: everything that changes the health of accounts without their doing.
 *
 * <p>What a protocol promises with it, for every account whose exact health factor is below h, with the sums over the account's
 * rows (c, d the stored supply that counts as collateral and the stored debt):
 *
 * <pre>
 * Σ c·collateral  &lt;  h · Σ d·debt  +  Σ_{c&gt;0} collateralSlack  +  h · Σ_{d&gt;0} debtSlack
 * </pre>
 *
 * where the slacks cover the protocol's own roundings. What double arithmetic adds is covered by the screen.
 */
public final class Weights {

    /** The most reserves of a market. */
    public static final int RESERVES = 128;

    final double[] collateral;
    final double[] collateralSlack;
    final double[] debt;
    final double[] debtSlack;

    /** @param modes how many efficiency modes are in use */
    public Weights(int modes) {
        int size = modes * RESERVES;
        collateral = new double[size];
        collateralSlack = new double[size];
        debt = new double[size];
        debtSlack = new double[size];
    }

    static int index(int slot, int reserve) {
        return slot * RESERVES + reserve;
    }

    /** One reserve in one mode. All four in one unit, not negative; the collateral weight includes the liquidation threshold. */
    public void set(int slot, int reserve, double collateral, double collateralSlack, double debt, double debtSlack) {
        int weight = index(slot, reserve);
        this.collateral[weight] = collateral;
        this.collateralSlack[weight] = collateralSlack;
        this.debt[weight] = debt;
        this.debtSlack[weight] = debtSlack;
    }

    /** A reserve whose price is unknown: worth nothing as collateral, infinitely dear as debt. */
    public void setUnpriced(int slot, int reserve) {
        set(slot, reserve, 0, 0, Double.POSITIVE_INFINITY, 0);
    }
}

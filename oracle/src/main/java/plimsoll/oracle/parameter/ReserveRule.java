package plimsoll.oracle.parameter;

import plimsoll.units.Bps;

/**
 * How far one proposal may move all of a reserve's parameters.
 *
 * @param thresholds the rule for LTV and threshold
 * @param bonusDeadBand a bonus stays where the model's differs by less
 * @param mostBonusChange most that a proposal may raise or lower a bonus
 * @param capDeadBand a cap stays where the model's differs by less than this share of it
 * @param mostCapRaise most that a proposal may raise a cap, as a share of it
 * @param mostCapCut most that a proposal may lower a cap, as a share of it
 */
public record ReserveRule(
        StabilityRule thresholds,
        Bps bonusDeadBand,
        Bps mostBonusChange,
        Bps capDeadBand,
        Bps mostCapRaise,
        Bps mostCapCut) {

    public ReserveRule {
        if (mostBonusChange.isZero() || mostCapRaise.isZero() || mostCapCut.isZero()) {
            throw new IllegalArgumentException("A proposal must be allowed to move: mostBonusChange=" + mostBonusChange
                    + " mostCapRaise=" + mostCapRaise + " mostCapCut=" + mostCapCut);
        }
        if (mostCapCut.compareTo(Bps.ONE_HUNDRED_PERCENT) > 0) {
            throw new IllegalArgumentException(
                    "A cap cannot be cut by more than itself: mostCapCut=" + mostCapCut + " allowed=10000 bps");
        }
    }

    /** Bonuses move by at most 100 bps; caps by half up, half down, and not for less than a tenth. */
    public static ReserveRule of(StabilityRule thresholds) {
        return new ReserveRule(thresholds, new Bps(50), new Bps(100), new Bps(1_000), new Bps(5_000), new Bps(5_000));
    }
}

package plimsoll.keeper.liquidation.guard;

import java.math.RoundingMode;
import plimsoll.units.Bps;
import plimsoll.units.Price;

/**
 * A feed's answer between the least and the most that its aggregator can report. Beyond them it goes on telling its last answer,
 * whatever the asset costs, so an answer near a bound says nothing.
 *
 * @param least zero where there is none
 */
public record Bounds(Price answer, Price least, Price most) {

    boolean isNearFloor(Bps margin) {
        Price near = least.times(Bps.ONE_HUNDRED_PERCENT.plus(margin), RoundingMode.CEILING);
        return !least.isZero() && answer.compareTo(near) <= 0;
    }

    boolean isNearCeiling(Bps margin) {
        Bps rest = margin.compareTo(Bps.ONE_HUNDRED_PERCENT) < 0 ? Bps.ONE_HUNDRED_PERCENT.minus(margin) : Bps.ZERO;
        return answer.compareTo(most.times(rest, RoundingMode.FLOOR)) >= 0;
    }
}

package plimsoll.oracle.calibration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.units.Address;

/**
 * Under what circumstances a market was calibrated; they change nothing of the result, and are no part of the manifest.
 *
 * @param reasons why it was time, in words; none for the calendar
 * @param totals what each reserve held at that block, as far as it is known
 */
public record Circumstances(Trigger trigger, List<String> reasons, Map<Address, ReserveTotals> totals) {

    public Circumstances {
        reasons = List.copyOf(reasons);
        totals = new TreeMap<>(totals);
    }
}

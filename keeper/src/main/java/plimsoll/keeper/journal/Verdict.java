package plimsoll.keeper.journal;

import java.util.Optional;
import plimsoll.keeper.liquidation.Assessment;
import plimsoll.units.Address;

/**
 * What our rules said about one account.
 *
 * @param instead what came of it where something outside our rules stood in the way: the lane, or endpoints that contradict each other
 */
public record Verdict(Address account, Assessment decided, Optional<Assessment> instead) {}

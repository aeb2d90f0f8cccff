package plimsoll.keeper.liquidation.guard;

import plimsoll.keeper.position.PriceView;
import plimsoll.units.Address;

/** What another source than the protocol's says of an asset. */
public record SecondOpinion(Address source, PriceView price) {}

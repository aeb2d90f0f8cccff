package plimsoll.keeper.liquidation;

import plimsoll.units.Address;
import plimsoll.units.Price;

/** One side of a liquidation: the asset and the price at which the protocol counts it. */
public record Leg(Address asset, String symbol, Price price) {}

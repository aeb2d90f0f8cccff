package plimsoll.devnet.comet;

import plimsoll.devnet.Asset;
import plimsoll.units.Price;
import plimsoll.units.Wad;

/** A kind of collateral of the stand-in: its first price and its factors, which the market keeps to a basis point. */
public record CometCollateral(Asset asset, Price price, Wad borrowFactor, Wad liquidateFactor, Wad liquidationFactor) {}

package plimsoll.keeper.watch;

import plimsoll.units.Address;

/**
 * Where a market takes a token's price from.
 *
 * @param feed the contract that the protocol asks, most often a proxy that has an aggregator behind it
 */
public record PriceSource(Address token, Address feed) {}

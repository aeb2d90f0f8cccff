package plimsoll.keeper.position;

import plimsoll.units.Address;

/**
 * One token of a market.
 *
 * @param number the reserve's place in the market, from 0
 */
public record Asset(int number, Address address, String symbol, int decimals) {}

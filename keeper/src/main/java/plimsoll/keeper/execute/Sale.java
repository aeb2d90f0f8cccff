package plimsoll.keeper.execute;

import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** Selling seized collateral for the asset that was repaid, for no less than {@code leastProceeds}. */
record Sale(Address sold, Address bought, TokenAmount amount, TokenAmount leastProceeds) {}

package plimsoll.oracle.publish;

import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.GasPrice;

/**
 * Where proposals go.
 *
 * @param governor OpenZeppelin 5 Governor
 * @param timelock the TimelockController that executes; it holds RISK_ADMIN in the market
 * @param maxFeeCap the most that a unit of gas may cost for a proposal's transactions
 */
public record GovernorRoute(ChainId chain, Address governor, Address timelock, GasPrice maxFeeCap) {}

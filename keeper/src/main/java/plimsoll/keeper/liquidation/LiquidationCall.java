package plimsoll.keeper.liquidation;

import plimsoll.units.Address;
import plimsoll.units.Gas;

/**
 * How a liquidation is called.
 *
 * @param data the call's bytes, hexadecimal
 * @param spender who takes the repaid token from us
 * @param gasLimit enough for any such call
 */
public record LiquidationCall(Address to, String data, Address spender, Gas gasLimit) {}

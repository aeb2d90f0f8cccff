package plimsoll.keeper.relief;

import plimsoll.keeper.margin.Relief;
import plimsoll.units.Address;

/** How a protocol is told to take tokens on behalf of an account. */
public interface ReliefCalls {

    /** Who takes the tokens from the sender. */
    Address spender();

    /** The contract that is called. */
    Address contract();

    /** The call's bytes, hexadecimal. */
    String data(Relief relief, Address account);
}

package plimsoll.chain.call;

import java.math.BigInteger;
import plimsoll.units.Address;

/** One word of a contract's storage. */
public record StorageKey(Address contract, BigInteger slot) {}

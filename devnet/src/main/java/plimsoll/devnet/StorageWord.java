package plimsoll.devnet;

import plimsoll.units.Address;

/** One word written into a contract's storage from outside. */
public record StorageWord(Address contract, Slot slot, Slot value) {}

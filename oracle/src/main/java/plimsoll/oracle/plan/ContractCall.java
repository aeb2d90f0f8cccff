package plimsoll.oracle.plan;

import plimsoll.units.Address;

/** A call that a proposal makes, byte for byte; it carries no value. */
public record ContractCall(Address target, String data) {}

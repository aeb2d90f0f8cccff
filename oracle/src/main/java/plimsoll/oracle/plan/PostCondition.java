package plimsoll.oracle.plan;

/** A claim about the market after a step, with what was found and what is allowed. */
public record PostCondition(String claim, boolean holds, String found, String allowed) {}

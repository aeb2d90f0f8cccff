package plimsoll.keeper.liquidation.guard;

import java.time.Instant;

/** How often an account's liquidation has reverted since it last succeeded, and when last. */
public record Failures(int reverts, Instant last) {}

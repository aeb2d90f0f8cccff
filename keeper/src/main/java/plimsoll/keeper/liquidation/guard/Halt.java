package plimsoll.keeper.liquidation.guard;

import java.time.Instant;

/** The operator's order to send nothing, until he takes it back. */
public record Halt(String by, String reason, Instant since) {}

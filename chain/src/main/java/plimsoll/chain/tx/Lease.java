package plimsoll.chain.tx;

import java.time.Instant;

/**
 * The right to write on a lane. Every change of holder raises the token; a store refuses a token that is not the newest,
 * so that a holder that was thought dead can change nothing when it wakes.
 *
 * @param holder the process that holds it, for people to read
 */
public record Lease(Lane lane, String holder, long token, Instant expires) {}

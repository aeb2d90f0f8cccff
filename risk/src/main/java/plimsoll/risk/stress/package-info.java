/**
 * What a market would lose in episodes that happened, in incidents that may repeat and at the shock that breaks it.
 *
 * <p>Not for likelihood: a stress says what would be lost, never how often.
 */
@NullMarked
package plimsoll.risk.stress;

import org.jspecify.annotations.NullMarked;

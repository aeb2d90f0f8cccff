/**
 * Brings a planned change onto the chain through a governor and its timelock, and proves the effect.
 *
 * <p>Not for deciding what to change, and it casts no votes.
 */
@NullMarked
package plimsoll.oracle.publish;

import org.jspecify.annotations.NullMarked;

/**
 * Why something was done or not done: one decision for every unhealthy account in every block.
 *
 * <p>Not for keeping it: see {@code plimsoll.keeper.store}.
 */
@NullMarked
package plimsoll.keeper.journal;

import org.jspecify.annotations.NullMarked;

/**
 * Carries out what a mandate allows: looks what can be used, tries, sends through the keeper's lane, and follows to the end.
 *
 * <p>Not for deciding: see {@code plimsoll.keeper.margin}.
 */
@NullMarked
package plimsoll.keeper.relief;

import org.jspecify.annotations.NullMarked;

/**
 * Elementary and special functions and seeded chance that give the same bits on every machine.
 *
 * <p>Not for anything about markets: only what {@link java.lang.StrictMath} lacks.
 */
@NullMarked
package plimsoll.risk.strict;

import org.jspecify.annotations.NullMarked;

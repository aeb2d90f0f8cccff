/**
 * The fire drill: on a fork of a live market every threshold is taken away, and every account is tried.
 *
 * <p>Not for anything on the live chain, which a drill only reads.
 */
@NullMarked
package plimsoll.keeper.drill;

import org.jspecify.annotations.NullMarked;

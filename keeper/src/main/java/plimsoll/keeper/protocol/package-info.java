/**
 * Which protocols can be kept; each has a package of its own with one reader and one market.
 *
 * <p>Not for arithmetic: see {@code plimsoll.protocol}.
 */
@NullMarked
package plimsoll.keeper.protocol;

import org.jspecify.annotations.NullMarked;

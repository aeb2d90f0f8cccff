/**
 * Venus' core pool as the engine sees it: which logs matter, how positions are read, what the market would do.
 *
 * <p>Not for the arithmetic itself: see {@code plimsoll.protocol.compound}.
 */
@NullMarked
package plimsoll.keeper.protocol.compound;

import org.jspecify.annotations.NullMarked;

/**
 * An Aave v3 market as the engine sees it: which logs matter, how positions are read, what the pool would do.
 *
 * <p>Not for the arithmetic itself: see {@code plimsoll.protocol.aave}.
 */
@NullMarked
package plimsoll.keeper.protocol.aave;

import org.jspecify.annotations.NullMarked;

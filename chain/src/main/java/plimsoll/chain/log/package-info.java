/**
 * Following a chain's logs as it grows and reorganises, so that what was applied is always one chain's history.
 *
 * <p>Not for what the logs mean.
 */
@NullMarked
package plimsoll.chain.log;

import org.jspecify.annotations.NullMarked;

/**
 * A market's book of positions through joint price paths by the protocol's rules: bad debt, liquidations, and their
 * Monte-Carlo error.
 *
 * <p>Not for making the paths, nor for choosing parameters: it says what one set of parameters would have cost.
 */
@NullMarked
package plimsoll.risk.simulation;

import org.jspecify.annotations.NullMarked;

/**
 * Parameters of a market's reserves and what we recommend they become.
 *
 * <p>Not for statistics: {@code Recommendation} is the one door back from {@code double}.
 */
@NullMarked
package plimsoll.oracle.parameter;

import org.jspecify.annotations.NullMarked;

/**
 * What a result depends on: input by input, by share of its variance, and how far an input is from changing it.
 *
 * <p>Not for stress tests: here inputs move within what their data leave open, not within what markets have seen.
 */
@NullMarked
package plimsoll.risk.sensitivity;

import org.jspecify.annotations.NullMarked;

/**
 * Loss distributions over a horizon, made from a return history.
 *
 * <p>Not for positions or parameters: it knows one price.
 */
@NullMarked
package plimsoll.risk.forecast;

import org.jspecify.annotations.NullMarked;

/**
 * Loss distributions over a horizon, made from a return history.
 *
 * <p>Not for positions or parameters: it knows one price.
 */
@NullMarked
package plimsoll.risk.simulation;

import org.jspecify.annotations.NullMarked;

/**
 * From a target vector to the shortest legal sequence of steps that reaches it, each checked as a whole.
 *
 * <p>Not for choosing targets, and never for clipping one element of a vector by itself.
 */
@NullMarked
package plimsoll.oracle.plan;

import org.jspecify.annotations.NullMarked;

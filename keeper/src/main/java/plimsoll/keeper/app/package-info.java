/**
 * The keeper as a process: configuration, start, the loop, health and metrics.
 *
 * <p>Not for rules: those are in the pure packages.
 */
@NullMarked
package plimsoll.keeper.app;

import org.jspecify.annotations.NullMarked;

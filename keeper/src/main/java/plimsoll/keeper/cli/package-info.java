/**
 * The keeper's commands for people and scripts.
 *
 * <p>Not for the service itself, which {@code plimsoll.keeper.app} starts.
 */
@NullMarked
package plimsoll.keeper.cli;

import org.jspecify.annotations.NullMarked;

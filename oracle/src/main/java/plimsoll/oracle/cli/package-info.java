/**
 * The oracle's commands.
 *
 * <p>Not for the service, which has a main of its own in {@code plimsoll.oracle.app}.
 */
@NullMarked
package plimsoll.oracle.cli;

import org.jspecify.annotations.NullMarked;

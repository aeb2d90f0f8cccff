/**
 * The command line that all our commands share: exit codes, {@code --json}, tables, progress, and failures in one clear line.
 *
 * <p>Not for what a command does: commands live in {@code oracle.cli} and {@code keeper.cli} and know nothing of streams.
 */
@NullMarked
package plimsoll.runtime.cli;

import org.jspecify.annotations.NullMarked;

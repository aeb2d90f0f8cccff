/**
 * The commands that drive everything together: demo, devnet, bench, doctor.
 *
 * <p>Not for the oracle's and the keeper's own commands: those live with them.
 */
@NullMarked
package plimsoll.acceptance.cli;

import org.jspecify.annotations.NullMarked;

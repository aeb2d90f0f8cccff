/**
 * The manifest: everything that a recommendation was made from, in bytes that anyone can make again.
 *
 * <p>Not for fetching inputs or for judging them.
 */
@NullMarked
package plimsoll.oracle.evidence;

import org.jspecify.annotations.NullMarked;

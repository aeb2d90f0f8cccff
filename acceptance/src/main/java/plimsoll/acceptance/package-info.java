/**
 * The demo's director, full-loop tests and benchmarks.
 *
 * <p>Not for being imported.
 */
@NullMarked
package plimsoll.acceptance;

import org.jspecify.annotations.NullMarked;

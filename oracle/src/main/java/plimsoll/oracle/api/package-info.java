/**
 * The oracle's readings over HTTP: JSON, a stream of changes, and one page.
 *
 * <p>Not for computing them: {@code OracleDesk} is asked.
 */
@NullMarked
package plimsoll.oracle.api;

import org.jspecify.annotations.NullMarked;

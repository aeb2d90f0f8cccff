/**
 * PostgreSQL for every process of ours: start, attach, adopt.
 *
 * <p>Not for tables: those are in {@code migrations}.
 */
@NullMarked
package plimsoll.runtime.postgres;

import org.jspecify.annotations.NullMarked;

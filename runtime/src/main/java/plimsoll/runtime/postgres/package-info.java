/**
 * PostgreSQL for every process of ours: start the embedded server, attach to it, adopt it, leave it; or use the one that a
 * JDBC URL names.
 *
 * <p>Not for tables: those are in {@code migrations}; and not for what they hold: that is in each {@code store}.
 */
@NullMarked
package plimsoll.runtime.postgres;

import org.jspecify.annotations.NullMarked;

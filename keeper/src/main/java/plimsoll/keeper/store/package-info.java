/**
 * Positions, decisions and liquidations in PostgreSQL.
 *
 * <p>Not for intents and attempts, which every process shares: see {@code plimsoll.runtime.store}.
 */
@NullMarked
package plimsoll.keeper.store;

import org.jspecify.annotations.NullMarked;

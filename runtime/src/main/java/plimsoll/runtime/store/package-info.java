/**
 * The durable memories behind chain's interfaces, in PostgreSQL: intents with their lanes' leases, and followed blocks.
 *
 * <p>Not for what only one application keeps: positions and journal, feeds and proposals are in their own stores.
 */
@NullMarked
package plimsoll.runtime.store;

import org.jspecify.annotations.NullMarked;

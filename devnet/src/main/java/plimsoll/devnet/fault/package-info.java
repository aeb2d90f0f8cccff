/**
 * Stands between a client and a node and spoils what passes, by seed and on demand, as bad networks and bad nodes do. It
 * does not judge who believed it.
 */
@NullMarked
package plimsoll.devnet.fault;

import org.jspecify.annotations.NullMarked;

/**
 * Venus' core pool of release 10.3 on the local chain: its shipped contracts on the devnet's tokens, feeds and time. It is
 * no part of the devnet's own market and does not change it.
 */
@NullMarked
package plimsoll.devnet.venus;

import org.jspecify.annotations.NullMarked;

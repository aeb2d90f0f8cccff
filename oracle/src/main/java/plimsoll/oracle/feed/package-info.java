/**
 * Reads a market from the chain: its reserves, the rounds of their price feeds, and its borrowers, all at one block.
 *
 * <p>Not for judging what it reads.
 */
@NullMarked
package plimsoll.oracle.feed;

import org.jspecify.annotations.NullMarked;

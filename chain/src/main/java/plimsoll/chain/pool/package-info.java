/**
 * Several endpoints of one chain behind one face: watched, routed around, compared, and taken out when they lie.
 *
 * <p>Not for meaning: it compares what nodes say about the chain but decodes no contract, and sends what it is given.
 */
@NullMarked
package plimsoll.chain.pool;

import org.jspecify.annotations.NullMarked;

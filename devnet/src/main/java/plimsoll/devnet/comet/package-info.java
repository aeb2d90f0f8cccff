/**
 * A stand-in for a Compound III market on the local chain, written from the published rules.
 *
 * <p>Not the real contract, which no package ships: agreement with it proves nothing about the deployed one.
 */
@NullMarked
package plimsoll.devnet.comet;

import org.jspecify.annotations.NullMarked;

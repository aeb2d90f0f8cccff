/**
 * Signatures of the contracts we talk to: selectors, topics, encoders and decoders.
 *
 * <p>Not for sending anything: it makes and reads bytes.
 */
@NullMarked
package plimsoll.abi;

import org.jspecify.annotations.NullMarked;

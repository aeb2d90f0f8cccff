/**
 * Signatures of the contracts we talk to: selectors, topics, encoders and decoders. One class of constants per contract,
 * functions under their name and events under their name with {@code _EVENT}, only what Plimsoll uses.
 *
 * <p>Not for sending anything: it makes and reads bytes.
 */
@NullMarked
package plimsoll.abi;

import org.jspecify.annotations.NullMarked;

/**
 * Private ways into a block: relays take bundles of signed transactions for named blocks and show them to builders alone.
 *
 * <p>Not for deciding what to send, nor for nonces and fees: lanes do that, and see a relay as a way of broadcasting.
 */
@NullMarked
package plimsoll.chain.relay;

import org.jspecify.annotations.NullMarked;

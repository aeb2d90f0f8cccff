/**
 * JSON-RPC 2.0 over OkHttp: one client, typed failures, bounded answers.
 *
 * <p>Not for meaning: it knows methods and bytes, not contracts.
 */
@NullMarked
package plimsoll.chain.rpc;

import org.jspecify.annotations.NullMarked;

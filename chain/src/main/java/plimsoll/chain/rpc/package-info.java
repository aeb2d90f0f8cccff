/**
 * JSON-RPC 2.0 over OkHttp: typed failures, bounded answers, over HTTP ({@code RpcClient}) or a WebSocket
 * ({@code SocketClient}), which also carries subscriptions.
 *
 * <p>A subscription is opened with {@code client.subscribe(Subscription.newHeads(), listener)} and kept up until it is
 * closed. The listener hears {@code connected()}, then notifications in order, then {@code lost(reason)}, and so on: while
 * lost its owner polls over HTTP, and on each {@code connected()} it reads what it may have missed.
 *
 * <p>Not for meaning: it knows methods and bytes, not contracts.
 */
@NullMarked
package plimsoll.chain.rpc;

import org.jspecify.annotations.NullMarked;

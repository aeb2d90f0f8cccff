/**
 * What stands between "legal on chain" and "send": whether prices, chain, funds and our own record are sane enough to act on. In doubt
 * nothing is sent.
 *
 * <p>Not for what the protocol allows or what pays: see {@code plimsoll.keeper.liquidation}.
 */
@NullMarked
package plimsoll.keeper.liquidation.guard;

import org.jspecify.annotations.NullMarked;

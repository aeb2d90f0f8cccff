/**
 * What selling costs and how much can be sold: impact of quotes and of pools, concentration of accounts, SmartLTV.
 *
 * <p>Not for what a liquidation as a whole needs: see {@code plimsoll.risk.calibration}.
 */
@NullMarked
package plimsoll.risk.liquidity;

import org.jspecify.annotations.NullMarked;

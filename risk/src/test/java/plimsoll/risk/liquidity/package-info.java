@NullMarked
package plimsoll.risk.liquidity;

import org.jspecify.annotations.NullMarked;

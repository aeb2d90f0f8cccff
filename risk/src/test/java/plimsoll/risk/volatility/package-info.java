@NullMarked
package plimsoll.risk.volatility;

import org.jspecify.annotations.NullMarked;

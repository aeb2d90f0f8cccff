@NullMarked
package plimsoll.risk.backtest;

import org.jspecify.annotations.NullMarked;

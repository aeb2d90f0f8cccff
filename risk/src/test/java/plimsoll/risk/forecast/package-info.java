@NullMarked
package plimsoll.risk.forecast;

import org.jspecify.annotations.NullMarked;

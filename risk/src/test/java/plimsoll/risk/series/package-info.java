@NullMarked
package plimsoll.risk.series;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.risk.tail;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.risk.stress;

import org.jspecify.annotations.NullMarked;

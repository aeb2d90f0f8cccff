@NullMarked
package plimsoll.risk.selection;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.risk.strict;

import org.jspecify.annotations.NullMarked;

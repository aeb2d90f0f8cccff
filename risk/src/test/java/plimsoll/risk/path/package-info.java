@NullMarked
package plimsoll.risk.path;

import org.jspecify.annotations.NullMarked;

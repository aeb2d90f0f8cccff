@NullMarked
package plimsoll.risk;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.protocol.morpho;

import org.jspecify.annotations.NullMarked;

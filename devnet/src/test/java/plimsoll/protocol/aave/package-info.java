@NullMarked
package plimsoll.protocol.aave;

import org.jspecify.annotations.NullMarked;

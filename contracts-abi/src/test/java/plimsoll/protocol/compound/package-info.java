@NullMarked
package plimsoll.protocol.compound;

import org.jspecify.annotations.NullMarked;

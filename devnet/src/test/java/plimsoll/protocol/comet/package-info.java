@NullMarked
package plimsoll.protocol.comet;

import org.jspecify.annotations.NullMarked;

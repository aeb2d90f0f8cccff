@NullMarked
package plimsoll.chain.relay;

import org.jspecify.annotations.NullMarked;

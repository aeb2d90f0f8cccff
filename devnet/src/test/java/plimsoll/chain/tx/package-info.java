@NullMarked
package plimsoll.chain.tx;

import org.jspecify.annotations.NullMarked;

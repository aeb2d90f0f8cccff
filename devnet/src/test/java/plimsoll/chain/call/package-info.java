@NullMarked
package plimsoll.chain.call;

import org.jspecify.annotations.NullMarked;

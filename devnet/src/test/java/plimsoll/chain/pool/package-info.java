@NullMarked
package plimsoll.chain.pool;

import org.jspecify.annotations.NullMarked;

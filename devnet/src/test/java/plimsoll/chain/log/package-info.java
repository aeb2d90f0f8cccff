@NullMarked
package plimsoll.chain.log;

import org.jspecify.annotations.NullMarked;

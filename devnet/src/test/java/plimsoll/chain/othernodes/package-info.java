@NullMarked
package plimsoll.chain.othernodes;

import org.jspecify.annotations.NullMarked;

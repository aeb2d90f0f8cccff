@NullMarked
package plimsoll.abi;

import org.jspecify.annotations.NullMarked;

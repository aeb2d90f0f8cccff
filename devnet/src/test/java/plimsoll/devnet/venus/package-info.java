@NullMarked
package plimsoll.devnet.venus;

import org.jspecify.annotations.NullMarked;

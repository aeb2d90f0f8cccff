@NullMarked
package plimsoll.devnet.fault;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.chain.fuzz;

import org.jspecify.annotations.NullMarked;

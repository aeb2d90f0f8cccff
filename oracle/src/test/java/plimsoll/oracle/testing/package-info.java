@NullMarked
package plimsoll.oracle.testing;

import org.jspecify.annotations.NullMarked;

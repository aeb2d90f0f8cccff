@NullMarked
package plimsoll.oracle.study;

import org.jspecify.annotations.NullMarked;

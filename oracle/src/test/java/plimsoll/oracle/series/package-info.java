@NullMarked
package plimsoll.oracle.series;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.spark;

import org.jspecify.annotations.NullMarked;

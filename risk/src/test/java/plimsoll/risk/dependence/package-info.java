@NullMarked
package plimsoll.risk.dependence;

import org.jspecify.annotations.NullMarked;

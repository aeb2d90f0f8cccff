@NullMarked
package plimsoll.risk.simulation;

import org.jspecify.annotations.NullMarked;

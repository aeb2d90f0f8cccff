@NullMarked
package plimsoll.risk.calibration;

import org.jspecify.annotations.NullMarked;

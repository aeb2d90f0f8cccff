@NullMarked
package plimsoll.risk.sensitivity;

import org.jspecify.annotations.NullMarked;

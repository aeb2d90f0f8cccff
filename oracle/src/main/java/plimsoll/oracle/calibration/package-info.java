/**
 * From what the chain said at one block to recommended parameters, a plan and the manifest that proves both.
 *
 * <p>Not for reading the chain or for publishing: the same inputs, settings and seed always give the same bytes.
 */
@NullMarked
package plimsoll.oracle.calibration;

import org.jspecify.annotations.NullMarked;

/**
 * The oracle as a service: configuration, wiring, and the loop that calibrates, proposes and follows.
 *
 * <p>Not for mathematics or protocols: it joins the other packages.
 */
@NullMarked
package plimsoll.oracle.app;

import org.jspecify.annotations.NullMarked;

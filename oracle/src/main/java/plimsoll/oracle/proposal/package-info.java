/**
 * A parameter change on its way through governance: where it stands and what is to be done next.
 *
 * <p>Not for talking to the governor: this package decides, an edge acts.
 */
@NullMarked
package plimsoll.oracle.proposal;

import org.jspecify.annotations.NullMarked;

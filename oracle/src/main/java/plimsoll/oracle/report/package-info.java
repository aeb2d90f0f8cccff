/**
 * A manifest as a document for people: what is recommended, why, how sure that is, and how to check it.
 *
 * <p>Not for computing anything: every figure stands in the manifest already.
 */
@NullMarked
package plimsoll.oracle.report;

import org.jspecify.annotations.NullMarked;

/**
 * Measures what we do beside what others do, in one run on one machine, so that the ratio can be trusted where times cannot.
 *
 * <p>Not for tests: a benchmark guides and never gates.
 */
@NullMarked
package plimsoll.acceptance.bench;

import org.jspecify.annotations.NullMarked;

/**
 * What our processes count and time, as Micrometer meters: lanes, endpoints, followers, relays. Names, units and meanings are in
 * docs/runbook.md.
 *
 * <p>Not for logging: each of these interfaces has a listener that writes lines.
 */
@NullMarked
package plimsoll.runtime.metrics;

import org.jspecify.annotations.NullMarked;

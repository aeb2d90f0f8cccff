/**
 * PostgreSQL for tests: a fresh database per test class on one server, in a container where an engine answers, embedded
 * otherwise.
 *
 * <p>Not for production code, which asks {@code runtime.postgres}.
 */
@NullMarked
package plimsoll.runtime.testing;

import org.jspecify.annotations.NullMarked;

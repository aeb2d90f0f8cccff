/**
 * Reads a service's configuration strictly, before anything starts: every key known, every value right, or one sentence that
 * names the key.
 *
 * <p>Not for what the keys mean: each service's {@code app} declares its own.
 */
@NullMarked
package plimsoll.runtime.config;

import org.jspecify.annotations.NullMarked;

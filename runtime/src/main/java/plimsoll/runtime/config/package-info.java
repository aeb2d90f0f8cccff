/**
 * Reads a service's configuration strictly, before anything starts: every key known, every value right, or one sentence that
 * names the key; and the keys and settings that all services share.
 *
 * <p>Not for the keys of one service: its {@code app} declares them.
 */
@NullMarked
package plimsoll.runtime.config;

import org.jspecify.annotations.NullMarked;

/**
 * What the keeper shows: JSON, a live stream and one page.
 *
 * <p>Not for commands to it: nothing here changes anything but the watch list of margin calls.
 */
@NullMarked
package plimsoll.keeper.api;

import org.jspecify.annotations.NullMarked;

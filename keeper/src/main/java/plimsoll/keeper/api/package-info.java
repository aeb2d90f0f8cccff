/**
 * What the keeper shows: JSON, a live stream and one page.
 *
 * <p>Not for commands to it: nothing here changes anything.
 */
@NullMarked
package plimsoll.keeper.api;

import org.jspecify.annotations.NullMarked;

/**
 * Brings messages to people and machines: webhooks, e-mail, Telegram, each tried until it is delivered or given up aloud.
 *
 * <p>Not for what the messages say or when they are due: see {@code plimsoll.keeper.margin}.
 */
@NullMarked
package plimsoll.keeper.notify;

import org.jspecify.annotations.NullMarked;

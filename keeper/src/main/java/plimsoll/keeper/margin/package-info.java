/**
 * What a borrower's desk decides: when an account's health is worth a margin call, what would restore it, and what a mandate allows to be
 * done about it.
 *
 * <p>Not for delivering calls or moving tokens: see {@code plimsoll.keeper.notify} and {@code plimsoll.keeper.relief}.
 */
@NullMarked
package plimsoll.keeper.margin;

import org.jspecify.annotations.NullMarked;

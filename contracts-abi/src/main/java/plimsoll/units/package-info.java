/**
 * Numbers with units: what a contract stores, as types that mix only as the world allows.
 *
 * <p>Not for statistics: a {@code double} never comes in or goes out here.
 */
@NullMarked
package plimsoll.units;

import org.jspecify.annotations.NullMarked;

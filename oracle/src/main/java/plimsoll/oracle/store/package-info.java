/**
 * The oracle's tables: feeds and rounds, manifests and calibrations, proposals.
 *
 * <p>Entities stay in this package; records cross its border.
 */
@NullMarked
package plimsoll.oracle.store;

import org.jspecify.annotations.NullMarked;

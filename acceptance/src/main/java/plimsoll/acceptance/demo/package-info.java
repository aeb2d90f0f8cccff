/**
 * The demo's director: brings up the chain, the database, the oracle and the keeper, and leads them through a crash.
 *
 * <p>Not for deciding anything about risk or liquidations: it watches from outside, as an auditor would.
 */
@NullMarked
package plimsoll.acceptance.demo;

import org.jspecify.annotations.NullMarked;

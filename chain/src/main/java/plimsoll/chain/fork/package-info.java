/**
 * Starts and stops a local node as a process of ours: empty, or as a fork of a live chain. It does not know what is deployed on it.
 */
@NullMarked
package plimsoll.chain.fork;

import org.jspecify.annotations.NullMarked;

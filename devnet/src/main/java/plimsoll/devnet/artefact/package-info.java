/**
 * Brings the market's contracts and the local node to this machine: pinned npm packages, compiled once and kept by the hash
 * of what went in. It does not deploy anything.
 */
@NullMarked
package plimsoll.devnet.artefact;

import org.jspecify.annotations.NullMarked;

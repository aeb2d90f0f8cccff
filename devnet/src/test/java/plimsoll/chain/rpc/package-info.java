@NullMarked
package plimsoll.chain.rpc;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.chain.feed;

import org.jspecify.annotations.NullMarked;

@NullMarked
package plimsoll.executor;

import org.jspecify.annotations.NullMarked;

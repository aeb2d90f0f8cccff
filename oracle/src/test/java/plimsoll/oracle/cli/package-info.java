@NullMarked
package plimsoll.oracle.cli;

import org.jspecify.annotations.NullMarked;

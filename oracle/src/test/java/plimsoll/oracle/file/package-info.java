@NullMarked
package plimsoll.oracle.file;

import org.jspecify.annotations.NullMarked;

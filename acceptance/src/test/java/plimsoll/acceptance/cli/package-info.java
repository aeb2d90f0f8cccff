@NullMarked
package plimsoll.acceptance.cli;

import org.jspecify.annotations.NullMarked;

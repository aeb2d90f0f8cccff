/**
 * Work in the background, and how it hears that it should end.
 *
 * <p>Not what the work is: each loop stays where its subject is.
 */
@NullMarked
package plimsoll.runtime.work;

import org.jspecify.annotations.NullMarked;

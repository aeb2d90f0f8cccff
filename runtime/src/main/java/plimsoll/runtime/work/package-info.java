/**
 * Work in the background: how it hears that it should end, and how it tidies up.
 *
 * <p>Not what the work is: each loop stays where its subject is.
 */
@NullMarked
package plimsoll.runtime.work;

import org.jspecify.annotations.NullMarked;

/**
 * A study of parameters against history: what a calibration would have set on the days of past snapshots, beside what was
 * set, and what both would have cost since.
 *
 * <p>Not for recommending anything: it reads files of the past and writes a page.
 */
@NullMarked
package plimsoll.oracle.study;

import org.jspecify.annotations.NullMarked;

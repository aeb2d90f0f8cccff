/**
 * Where simulations run when one machine is too small: blocks of paths on Apache Spark, to the same bytes as here.
 *
 * <p>Not on any Quarkus class path: a JVM of its own that takes a task's file and leaves a result's file.
 */
@NullMarked
package plimsoll.spark;

import org.jspecify.annotations.NullMarked;

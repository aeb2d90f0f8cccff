/**
 * The shell of our pages: {@code /plimsoll/style.css} and {@code /plimsoll/live.js}, served from this module's
 * {@code META-INF/resources}, and {@link plimsoll.runtime.web.Page}, which puts them around an application's content.
 *
 * <p>Not for what a page shows: each application's {@code api} has its own.
 */
@NullMarked
package plimsoll.runtime.web;

import org.jspecify.annotations.NullMarked;

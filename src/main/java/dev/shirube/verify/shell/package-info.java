/**
 * Command blocks as text go in, what their commands printed comes out: a small grammar in place of
 * a shell, and a confined place to run in. Hides {@code bwrap} and {@code nsenter}.
 */
@NullMarked
package dev.shirube.verify.shell;

import org.jspecify.annotations.NullMarked;

/**
 * A live cluster, to which nothing is written: in goes a way to read from an API server, out come
 * observations of a namespace or of all. Hides fabric8.
 */
@NullMarked
package dev.shirube.diagnose.live;

import org.jspecify.annotations.NullMarked;

/**
 * Proves snippets: in go snippets and a cluster, out come results. A page is a scenario, which runs
 * in a namespace of its own and leaves the cluster as it was.
 */
@NullMarked
package dev.shirube.verify;

import org.jspecify.annotations.NullMarked;

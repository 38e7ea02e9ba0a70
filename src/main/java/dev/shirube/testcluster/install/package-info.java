/**
 * The commands that a cluster is made of: in come the definitions in {@code verify/cluster}, out go
 * upstream's commands in a cache folder. Hides where they come from and how Go builds them.
 */
@NullMarked
package dev.shirube.testcluster.install;

import org.jspecify.annotations.NullMarked;

/**
 * A cluster to prove snippets on: in come the definitions in {@code verify/cluster}, out go
 * commands in a cache folder and a running Kubernetes. Hides how Go builds upstream's commands, and
 * which process needs which flag.
 */
@NullMarked
package dev.shirube.testcluster;

import org.jspecify.annotations.NullMarked;

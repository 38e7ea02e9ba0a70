/**
 * A cluster of processes on this machine: in come the commands, out goes a running Kubernetes that
 * outlives the command and leaves nothing behind. Hides which process needs which flag, and the
 * namespaces, interfaces and cgroups of its hosts.
 */
@NullMarked
package dev.shirube.testcluster.local;

import org.jspecify.annotations.NullMarked;

/** Claims about local clusters, proven on real ones. */
@NullMarked
package dev.shirube.testcluster.local;

import org.jspecify.annotations.NullMarked;

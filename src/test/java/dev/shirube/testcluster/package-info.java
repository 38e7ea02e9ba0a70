/** Claims about the test cluster, proven on real ones. */
@NullMarked
package dev.shirube.testcluster;

import org.jspecify.annotations.NullMarked;

/** Claims about where clusters come from, on real ones. */
@NullMarked
package dev.shirube.testcluster.provider;

import org.jspecify.annotations.NullMarked;

/** Claims about the commands of a cluster. */
@NullMarked
package dev.shirube.testcluster.install;

import org.jspecify.annotations.NullMarked;

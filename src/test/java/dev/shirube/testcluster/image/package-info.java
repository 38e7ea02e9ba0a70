/** Claims about images. */
@NullMarked
package dev.shirube.testcluster.image;

import org.jspecify.annotations.NullMarked;

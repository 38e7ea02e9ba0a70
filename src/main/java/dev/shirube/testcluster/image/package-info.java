/**
 * Container images for machines that reach no image registry: in come the recipes in {@code
 * verify/images}, out goes a store that the nodes of every local cluster pull from. Where an
 * image's own registry can be reached, the real image goes in. Hides how images are packed and
 * pushed.
 */
@NullMarked
package dev.shirube.testcluster.image;

import org.jspecify.annotations.NullMarked;

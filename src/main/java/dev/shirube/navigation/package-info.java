/**
 * The tree that readers find their way by: in come the navigation file and the pages, out goes a
 * {@link dev.shirube.model.Navigation}.
 */
@NullMarked
package dev.shirube.navigation;

import org.jspecify.annotations.NullMarked;

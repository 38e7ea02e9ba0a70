/** Clusters for snippets, by what fabric8's client offers for plain HTTP; hides fabric8. */
@NullMarked
package dev.shirube.verify.kubernetes;

import org.jspecify.annotations.NullMarked;

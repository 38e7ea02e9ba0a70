/**
 * Reads a content folder from disk: in comes a path, out goes a {@link dev.shirube.model.Content}
 * whose files are known to be readable text inside that folder; what git knows of them, and what is
 * saved there from now on.
 */
@NullMarked
package dev.shirube.content;

import org.jspecify.annotations.NullMarked;

/**
 * Reads a content folder from disk: in comes a path, out goes a {@link dev.shirube.model.Content}
 * whose files are known to be readable text inside that folder; and what git knows of them.
 */
@NullMarked
package dev.shirube.content;

import org.jspecify.annotations.NullMarked;

/**
 * What was seen of objects, wherever it was seen: a cluster, a file, a pasted text. Readers put it
 * together, and a diagnosis is made of it.
 */
@NullMarked
package dev.shirube.diagnose.observed;

import org.jspecify.annotations.NullMarked;

/**
 * What the attributes of a listing say about its proof: in go the listings of the pages, out come
 * snippets with a verb, and diagnostics for what a writer got wrong.
 */
@NullMarked
package dev.shirube.verify.grammar;

import org.jspecify.annotations.NullMarked;

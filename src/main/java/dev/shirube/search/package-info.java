/**
 * Search: in come pages and the glossary, out goes a Lucene index; in comes a query, out go {@link
 * dev.shirube.model.Hit}s. Hides Lucene and its Japanese tokenizer, which only indexing needs.
 */
@NullMarked
package dev.shirube.search;

import org.jspecify.annotations.NullMarked;

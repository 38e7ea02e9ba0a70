/**
 * The query core: in comes what a reader typed and a {@link
 * dev.shirube.search.query.TermDictionary}, out go groups of weighted alternatives, and, for a page
 * that was found, its best section and an excerpt.
 *
 * <p>{@code src/main/js/search} is the same for the browser, ported by hand: what changes here must
 * change there, and SearchParityIT compares the two. Hence plain arithmetic on characters, and
 * floats where both must round alike: no regular expression, no locale, no {@code Character}.
 */
@NullMarked
package dev.shirube.search.query;

import org.jspecify.annotations.NullMarked;

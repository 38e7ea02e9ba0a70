/**
 * The query core: in comes what a reader typed and a {@link
 * dev.shirube.search.query.TermDictionary}, out go groups of weighted alternatives, and, for a page
 * that was found, its best section and an excerpt.
 *
 * <p>It runs on the JVM and is meant to be compiled to, or ported to, the browser. Hence plain
 * arithmetic on characters only: no regular expression, no {@code String.split}, no locale, no
 * number parsing, no {@code Character}, no streams.
 */
@NullMarked
package dev.shirube.search.query;

import org.jspecify.annotations.NullMarked;

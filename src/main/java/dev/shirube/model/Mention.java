package dev.shirube.model;

/**
 * A place in running text where a term is named.
 *
 * @param start first UTF-16 unit
 * @param end one past the last UTF-16 unit
 * @param term the term
 */
public record Mention(int start, int end, Term term) {}

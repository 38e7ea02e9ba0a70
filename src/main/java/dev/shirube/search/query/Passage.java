package dev.shirube.search.query;

/**
 * A part of a page that a hit can lead to.
 *
 * @param heading plain text
 * @param text plain text; line breaks between blocks
 */
public record Passage(String heading, String text) {}

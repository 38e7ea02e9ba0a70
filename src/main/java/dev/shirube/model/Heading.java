package dev.shirube.model;

/**
 * An entry of a page's contents.
 *
 * @param level 1 for {@code ==}, 2 for {@code ===}, …
 * @param anchor the id of the section
 * @param text plain text
 */
public record Heading(int level, String anchor, String text) {}

package dev.shirube.model;

/**
 * A source that pages cite: an entry of a {@code [bibliography]} list.
 *
 * @param id the entry's anchor
 * @param pageUrl the path of the page that lists it, below the site's root
 * @param label how it is called in running text, plain text
 * @param html the entry as HTML
 */
public record Citation(String id, String pageUrl, String label, String html) {}

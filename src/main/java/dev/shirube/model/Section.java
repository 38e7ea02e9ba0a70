package dev.shirube.model;

/**
 * A part of a page that search can lead to: the text from one heading to the next.
 *
 * @param anchor the id of the section; empty for the text before the first heading
 * @param heading plain text; the page title for the text before the first heading
 * @param prose the running text, blocks separated by line breaks
 * @param code the text of code and log blocks, blocks separated by line breaks
 * @param logs the lines of log and console output in this section: what an error message is matched
 *     against
 */
public record Section(String anchor, String heading, String prose, String code, String logs) {}

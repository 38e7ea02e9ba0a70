/**
 * Pages of other wikis as AsciiDoc: in goes a Markdown file or the folder of a GitBook, HonKit or
 * mdBook, out come pages for the content folder.
 */
@NullMarked
package dev.shirube.importer;

import org.jspecify.annotations.NullMarked;

/**
 * Makes the HTML of a page ready for the reader: in come {@link dev.shirube.model.ConvertedPage}s,
 * out go {@link dev.shirube.model.Page}s with links checked and resolved, terms linked, code
 * highlighted, and the text that search needs. Hides jsoup and the lexers of RSyntaxTextArea.
 */
@NullMarked
package dev.shirube.html;

import org.jspecify.annotations.NullMarked;

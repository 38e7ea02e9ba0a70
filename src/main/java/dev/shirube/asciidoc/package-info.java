/**
 * Turns AsciiDoc into HTML: in comes a {@link dev.shirube.model.SourceFile}, out goes a {@link
 * dev.shirube.model.ConvertedPage}. Hides AsciidoctorJ and, with it, JRuby.
 */
@NullMarked
package dev.shirube.asciidoc;

import org.jspecify.annotations.NullMarked;

/**
 * The site on disk: in come pages, navigation, glossary and theme, out go {@link
 * dev.shirube.model.SiteFile}s, and then a folder. Hides the template engine.
 */
@NullMarked
package dev.shirube.site;

import org.jspecify.annotations.NullMarked;

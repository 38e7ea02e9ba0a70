/**
 * The site while it is being written: served to the browsers of this machine alone, which show each
 * save as soon as it is rendered.
 */
@NullMarked
package dev.shirube.preview;

import org.jspecify.annotations.NullMarked;

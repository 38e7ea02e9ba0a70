@NullMarked
package dev.shirube.asciidoc;

import org.jspecify.annotations.NullMarked;

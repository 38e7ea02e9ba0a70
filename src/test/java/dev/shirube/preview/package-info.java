@NullMarked
package dev.shirube.preview;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.shirube.content;

import org.jspecify.annotations.NullMarked;

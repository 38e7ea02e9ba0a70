@NullMarked
package dev.shirube;

import org.jspecify.annotations.NullMarked;

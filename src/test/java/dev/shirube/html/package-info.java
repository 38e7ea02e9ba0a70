@NullMarked
package dev.shirube.html;

import org.jspecify.annotations.NullMarked;

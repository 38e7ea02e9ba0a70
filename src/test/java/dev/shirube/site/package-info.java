@NullMarked
package dev.shirube.site;

import org.jspecify.annotations.NullMarked;

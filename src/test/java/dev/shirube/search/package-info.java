@NullMarked
package dev.shirube.search;

import org.jspecify.annotations.NullMarked;

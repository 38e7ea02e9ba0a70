@NullMarked
package dev.shirube.search.query;

import org.jspecify.annotations.NullMarked;

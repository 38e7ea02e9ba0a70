@NullMarked
package dev.shirube.importer;

import org.jspecify.annotations.NullMarked;

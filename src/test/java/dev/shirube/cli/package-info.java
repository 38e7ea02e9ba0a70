@NullMarked
package dev.shirube.cli;

import org.jspecify.annotations.NullMarked;

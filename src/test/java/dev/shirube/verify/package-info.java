@NullMarked
package dev.shirube.verify;

import org.jspecify.annotations.NullMarked;

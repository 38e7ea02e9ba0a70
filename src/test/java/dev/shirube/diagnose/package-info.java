@NullMarked
package dev.shirube.diagnose;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.shirube.diagnose.object;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.shirube.pipeline;

import org.jspecify.annotations.NullMarked;

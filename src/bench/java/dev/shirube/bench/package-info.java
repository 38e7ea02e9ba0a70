/** Benchmarks: programs that measure, started by the scripts in {@code src/bench}. */
@NullMarked
package dev.shirube.bench;

import org.jspecify.annotations.NullMarked;

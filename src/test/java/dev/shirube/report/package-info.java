@NullMarked
package dev.shirube.report;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.shirube.verify.grammar;

import org.jspecify.annotations.NullMarked;

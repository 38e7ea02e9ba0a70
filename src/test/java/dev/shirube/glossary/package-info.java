@NullMarked
package dev.shirube.glossary;

import org.jspecify.annotations.NullMarked;

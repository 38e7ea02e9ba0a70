/**
 * Terms: in come the converted pages, out goes the {@link dev.shirube.model.Glossary} with
 * relations in both directions, and the matcher that finds terms in running text.
 */
@NullMarked
package dev.shirube.glossary;

import org.jspecify.annotations.NullMarked;

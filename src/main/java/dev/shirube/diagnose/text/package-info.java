/**
 * Pasted texts: in goes what somebody copied from a terminal, whole or in part, out come
 * observations of the objects that it speaks of. Jackson and snakeyaml-engine read what is JSON or
 * YAML.
 */
@NullMarked
package dev.shirube.diagnose.text;

import org.jspecify.annotations.NullMarked;

/**
 * The records that travel between the stages: plain Java, immutable, without behaviour beyond their
 * own consistency.
 */
@NullMarked
package dev.shirube.model;

import org.jspecify.annotations.NullMarked;

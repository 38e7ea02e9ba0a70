/**
 * Keeps secrets out of all that is written: in goes a text as a command printed it, out goes the
 * same text without keys, tokens and passwords.
 */
@NullMarked
package dev.shirube.verify.redact;

import org.jspecify.annotations.NullMarked;

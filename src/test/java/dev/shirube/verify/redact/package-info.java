/** Which texts are secrets, and which are not. */
@NullMarked
package dev.shirube.verify.redact;

import org.jspecify.annotations.NullMarked;

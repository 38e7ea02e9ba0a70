/** What matches an expected text and what does not, down to the line and the column. */
@NullMarked
package dev.shirube.verify.match;

import org.jspecify.annotations.NullMarked;

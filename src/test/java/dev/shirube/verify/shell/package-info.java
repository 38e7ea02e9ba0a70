@NullMarked
package dev.shirube.verify.shell;

import org.jspecify.annotations.NullMarked;

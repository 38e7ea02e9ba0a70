/** The command line: one class a command. Only this package prints, reads options and exits. */
@NullMarked
package dev.shirube.cli;

import org.jspecify.annotations.NullMarked;

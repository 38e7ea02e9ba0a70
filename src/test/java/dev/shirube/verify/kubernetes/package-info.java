@NullMarked
package dev.shirube.verify.kubernetes;

import org.jspecify.annotations.NullMarked;

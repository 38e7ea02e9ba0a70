@NullMarked
package dev.shirube.verify.schema;

import org.jspecify.annotations.NullMarked;

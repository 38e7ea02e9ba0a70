@NullMarked
package dev.shirube.model;

import org.jspecify.annotations.NullMarked;

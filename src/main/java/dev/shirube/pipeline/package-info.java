/**
 * What the product does from end to end: the only package that knows every stage, and their order.
 */
@NullMarked
package dev.shirube.pipeline;

import org.jspecify.annotations.NullMarked;

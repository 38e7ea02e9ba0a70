/**
 * What a page says that a command prints, or an object becomes, compared with what it did: in goes
 * the expected text, checked once without a cluster; out goes an {@link
 * dev.shirube.verify.match.Expectation} that takes outputs as often as they come. Hides
 * java-diff-utils, snakeyaml-engine and Jackson.
 */
@NullMarked
package dev.shirube.verify.match;

import org.jspecify.annotations.NullMarked;

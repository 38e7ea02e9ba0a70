/**
 * The fingerprints of cases, by which {@code shirube diagnose} knows them: in goes the YAML of a
 * listing, out comes a {@link dev.shirube.diagnose.fingerprint.Fingerprint}, or what is wrong with
 * it. Hides snakeyaml-engine.
 */
@NullMarked
package dev.shirube.diagnose.fingerprint;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.shirube.diagnose.fingerprint;

import org.jspecify.annotations.NullMarked;

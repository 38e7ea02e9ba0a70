/**
 * Diagnosis: in goes what was seen of objects and the cases of a wiki, out comes which case it is,
 * with the evidence, and what belongs to no case.
 *
 * <ul>
 *   <li>{@code fingerprint}: by what a case is known
 *   <li>{@code observed}: what was seen
 *   <li>{@code object}, {@code text}, {@code live}: where it is seen: in objects of Kubernetes, in
 *       a pasted text, in a cluster
 * </ul>
 */
@NullMarked
package dev.shirube.diagnose;

import org.jspecify.annotations.NullMarked;

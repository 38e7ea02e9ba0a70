/**
 * A cluster to prove snippets on, wherever it comes from: what verifier and tests see of it, and
 * the programs of this machine that the rooms below run.
 *
 * <ul>
 *   <li>{@code install}: definitions in {@code verify/cluster} become commands in a cache folder
 *   <li>{@code local}: these commands become a running cluster
 *   <li>{@code provider}: a cluster is asked for, and comes from wherever there is one
 * </ul>
 */
@NullMarked
package dev.shirube.testcluster;

import org.jspecify.annotations.NullMarked;

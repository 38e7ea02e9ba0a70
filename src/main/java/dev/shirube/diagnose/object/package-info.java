/**
 * Objects as an API server writes them: in go Pods, workloads, claims, Services, nodes and events
 * as JSON, out come observations that say which of them are in trouble. Jackson reads the JSON.
 */
@NullMarked
package dev.shirube.diagnose.object;

import org.jspecify.annotations.NullMarked;

/**
 * Receipts and reports: in go results, out come the receipts of what was proven, what is stale
 * among them, and the texts that people, forges and CI servers read. Jackson writes the JSON.
 */
@NullMarked
package dev.shirube.report;

import org.jspecify.annotations.NullMarked;

/**
 * Manifests against Kubernetes' OpenAPI documents, without a cluster: text of a block comes in,
 * with the place of each of its lines; diagnostics go out, with the column of the key or value.
 *
 * <p>The documents are in the jar, one snapshot a minor version, made by {@code shirube schema
 * snapshot --module 1.37 --into src/main/resources/dev/shirube/verify/schema} and never edited by
 * hand. Jackson reads the documents, SnakeYAML Engine the manifests.
 *
 * <p>The walk beside the schema is our own, as the best JSON Schema library for Java was tried and
 * costs more than it gives here: {@code com.networknt:json-schema-validator} 3.0.9 took 1.1 s until
 * one kind's schema was loaded and 0.1 s for the first manifest (here both take 0.1 to 0.5 s), sees
 * values rather than text (so no duplicate keys, no {@code yes} that is a boolean, no place of a
 * key), knows neither quantities nor the keys of lists, and its messages would all be replaced.
 */
@NullMarked
package dev.shirube.verify.schema;

import org.jspecify.annotations.NullMarked;

package dev.shirube.verify.schema;

import dev.shirube.model.Location;

/**
 * One document of a block, or one item of a {@code List} in it.
 *
 * @param apiVersion as written; empty where it is missing
 * @param kind as written; empty where it is missing
 * @param name its {@code metadata.name}; empty where it has none
 * @param location where it starts
 */
public record ManifestDocument(
    String apiVersion, String kind, String name, Location location, Standing standing) {

  /** What the check could say of it. */
  public enum Standing {
    /** Its schema is known, and it was checked. */
    CHECKED,
    /** It names a kind that Kubernetes itself does not have: a custom resource, or a program's. */
    NO_SCHEMA,
    /** It names an API that the version does not have. */
    UNKNOWN_API,
    /** It names neither apiVersion nor kind, or could not be read. */
    NOT_A_MANIFEST
  }
}

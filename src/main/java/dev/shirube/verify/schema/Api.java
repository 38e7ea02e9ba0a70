package dev.shirube.verify.schema;

import java.util.Comparator;

/**
 * What {@code apiVersion} and {@code kind} of a manifest name together.
 *
 * @param apiVersion such as {@code apps/v1}, or {@code v1} for the core group
 */
record Api(String apiVersion, String kind) implements Comparable<Api> {

  private static final Comparator<Api> ORDER =
      Comparator.comparing(Api::apiVersion).thenComparing(Api::kind);

  /** Empty for the core group. */
  String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  /** Whether its version is an alpha or a beta. */
  boolean isPrerelease() {
    return version().contains("alpha") || version().contains("beta");
  }

  @Override
  public int compareTo(Api other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return apiVersion + " " + kind;
  }
}

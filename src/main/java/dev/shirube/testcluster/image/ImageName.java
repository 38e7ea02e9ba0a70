package dev.shirube.testcluster.image;

import dev.shirube.testcluster.ClusterException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole name of an image, for example {@code docker.io/library/nginx:1.29}.
 *
 * <p>What is left out is filled in as <a
 * href="https://github.com/distribution/reference">distribution/reference</a> does.
 *
 * @param registry host and port, for example {@code docker.io}
 * @param repository for example {@code library/nginx}
 * @param tag for example {@code 1.29}
 */
public record ImageName(String registry, String repository, String tag) {

  private static final Pattern WRITTEN =
      Pattern.compile(
          "((?=[^/]*[.:]|localhost/)"
              + "(?<registry>[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\\d+)?)/)?"
              + "(?<repository>[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)"
              + "(:(?<tag>\\w[\\w.-]{0,127}))?");

  private static final String DOCKER_HUB = "docker.io";

  /**
   * Reads a name as manifests have it, for example {@code nginx:1.29}.
   *
   * @throws ClusterException where it is none, or names a digest
   */
  public static ImageName parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      throw new ClusterException(
          "\""
              + written
              + "\" is no name of an image"
              + "\n  why: it has a registry, a repository in lower case and a tag, no digest"
              + "\n  fix: write it like nginx:1.29 or registry.example.com/team/web:1.0");
    }
    String registry = matcher.group("registry") == null ? DOCKER_HUB : matcher.group("registry");
    String repository = matcher.group("repository");
    if (registry.equals(DOCKER_HUB) && !repository.contains("/")) {
      repository = "library/" + repository;
    }
    return new ImageName(
        registry, repository, matcher.group("tag") == null ? "latest" : matcher.group("tag"));
  }

  /** The name within a registry, for example {@code library/nginx:1.29}. */
  String path() {
    return repository + ":" + tag;
  }

  /** As people write it, for example {@code nginx:1.29}. */
  public String familiar() {
    if (!registry.equals(DOCKER_HUB)) {
      return toString();
    }
    return path().startsWith("library/") ? path().substring("library/".length()) : path();
  }

  @Override
  public String toString() {
    return registry + "/" + path();
  }
}

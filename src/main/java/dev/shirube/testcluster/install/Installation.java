package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Tier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an install came to.
 *
 * @param binaries the commands that are there now
 * @param built the commands that were built by this install
 * @param downloaded the commands that this install downloaded, and from where
 * @param taken the commands that were found on the machine, and where
 * @param shortfalls why tiers are missing; empty where all is there
 * @param log what Go and others said; it exists where anything was run
 */
public record Installation(
    Binaries binaries,
    List<String> built,
    Map<String, URI> downloaded,
    Map<String, Path> taken,
    List<Shortfall> shortfalls,
    Path log) {

  public Installation {
    built = List.copyOf(built);
    downloaded = Map.copyOf(downloaded);
    taken = Map.copyOf(taken);
    shortfalls = List.copyOf(shortfalls);
  }

  /** The highest tier that can be used now. */
  public Optional<Tier> tier() {
    Optional<Tier> highest = Optional.empty();
    for (Tier tier : Tier.values()) {
      if (!binaries.missing(tier).isEmpty()
          || shortfalls.stream().anyMatch(shortfall -> shortfall.tier() == tier)) {
        break;
      }
      highest = Optional.of(tier);
    }
    return highest;
  }
}

package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The commands of one version of a test cluster in the cache folder.
 *
 * <p>The commands and their versions are those of three {@code go.mod} files: {@code kubernetes} in
 * {@code CACHE/kubernetes-1.37.2/bin}, {@code node} and {@code storage} in {@code
 * CACHE/node-HASH/bin} and {@code CACHE/storage-HASH/bin}, with a hash of their {@code go.mod}.
 */
public final class Binaries {

  private final Path cache;
  private final String kubernetes;
  private final List<ToolSet> sets;

  private Binaries(Path cache, String kubernetes, List<ToolSet> sets) {
    this.cache = cache;
    this.kubernetes = kubernetes;
    this.sets = List.copyOf(sets);
  }

  /** {@code $XDG_CACHE_HOME/shirube/cluster}, with {@code ~/.cache} where that is not set. */
  public static Path defaultCache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches = xdg == null || xdg.isBlank() ? Machine.home().resolve(".cache") : Path.of(xdg);
    return caches.resolve("shirube").resolve("cluster");
  }

  /** The version that the definitions name, e.g. {@code 1.37.2}. */
  public static String newest(Path definitions) {
    return definition(definitions, "kubernetes").version(KubernetesModule.PATH).substring(1);
  }

  /**
   * The commands for a version of Kubernetes.
   *
   * @param definitions the folder {@code verify/cluster}
   * @param kubernetes {@code 1.36} for the newest patch release that is installed, or {@code
   *     1.36.3}
   */
  public static Binaries of(Path cache, Path definitions, String kubernetes) {
    String newest = newest(definitions);
    if (VersionNumbers.fits(newest, kubernetes)) {
      return of(cache, definitions, newest, definition(definitions, "kubernetes"));
    }
    String version =
        versions(cache).stream()
            .filter(known -> VersionNumbers.fits(known, kubernetes))
            .findFirst()
            .orElse(kubernetes);
    Path module = KubernetesModule.file(cache, version);
    return of(
        cache,
        definitions,
        version,
        // What is not there yet will have the commands of the newest.
        Files.isRegularFile(module)
            ? GoModule.read(module)
            : definition(definitions, "kubernetes"));
  }

  private static Binaries of(Path cache, Path definitions, String version, GoModule kubernetes) {
    return new Binaries(
        cache,
        version,
        List.of(
            ToolSet.kubernetes(kubernetes, cache, version),
            ToolSet.besides("node", definition(definitions, "node"), cache),
            ToolSet.besides("storage", definition(definitions, "storage"), cache)));
  }

  private static GoModule definition(Path definitions, String name) {
    return GoModule.read(definitions.resolve(name).resolve("go.mod"));
  }

  /** The versions of Kubernetes besides the newest that a cache has modules of, newest first. */
  private static List<String> versions(Path cache) {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(cache)) {
      return folders
          .map(folder -> String.valueOf(folder.getFileName()))
          .filter(name -> name.matches("kubernetes-\\d+\\.\\d+\\.\\d+"))
          .map(name -> name.substring("kubernetes-".length()))
          .filter(version -> Files.isRegularFile(KubernetesModule.file(cache, version)))
          .sorted(Comparator.comparing((String v) -> v, VersionNumbers.ORDER).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + cache + ": " + e.getMessage(), e);
    }
  }

  /** The folder that everything is in. */
  public Path cache() {
    return cache;
  }

  /** The version of Kubernetes, e.g. {@code 1.37.2}; as it was asked for where none is known. */
  public String kubernetes() {
    return kubernetes;
  }

  /** Where a command is, or will be once it is installed, e.g. {@code kube-apiserver}. */
  public Path path(String command) {
    return sets.stream()
        .filter(set -> set.tools().stream().anyMatch(tool -> tool.command().equals(command)))
        .map(set -> set.bin().resolve(command))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no tool directive makes " + command));
  }

  /** The commands that a tier needs and that are not there, or not whole. */
  public List<String> missing(Tier tier) {
    return missingTools().stream()
        .filter(missing -> missing.tool().tier().compareTo(tier) <= 0)
        .map(missing -> missing.tool().command())
        .toList();
  }

  /**
   * The files of commands whose contents are no longer those that were installed, where {@link
   * #missing} sees by size and time alone that they are whole. All of each file is read.
   *
   * @param commands to look at; names that are no command's are passed over
   */
  public List<Path> changed(List<String> commands) {
    return sets.stream()
        .flatMap(
            set ->
                set.tools().stream()
                    .map(Tool::command)
                    .filter(commands::contains)
                    .filter(command -> !set.inventory().unchanged(command))
                    .map(command -> set.bin().resolve(command)))
        .toList();
  }

  /** The folders of the cache that hold the commands. */
  List<Path> folders() {
    return sets.stream().map(ToolSet::folder).toList();
  }

  /** A tool that is not there. */
  record Missing(ToolSet set, Tool tool) {}

  /** The tools that are not there or not whole: those of the lower tier first. */
  List<Missing> missingTools() {
    return sets.stream()
        .flatMap(
            set -> {
              Inventory inventory = set.inventory();
              return set.tools().stream()
                  .filter(tool -> !inventory.intact(tool.command()))
                  .map(tool -> new Missing(set, tool));
            })
        .sorted(Comparator.comparing(missing -> missing.tool().tier()))
        .toList();
  }

  /** Whether Kubernetes' own commands, or some of them, are missing. */
  boolean lacksKubernetes() {
    return missingTools().stream().anyMatch(missing -> missing.set().equals(sets.getFirst()));
  }

  /** Whether it is known what the commands are made from. */
  Optional<GoModule> kubernetesModule() {
    GoModule module = sets.getFirst().module();
    return module.version(KubernetesModule.PATH).equals("v" + kubernetes)
        ? Optional.of(module)
        : Optional.empty();
  }
}

package dev.shirube.testcluster.install;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Puts the module of a Kubernetes into the cache that the definitions do not name. */
final class ModuleWriter {

  private final Path cache;
  private final Path definition;
  private final InstallSteps steps;

  /**
   * @param definitions the folder {@code verify/cluster}
   */
  ModuleWriter(Path cache, Path definitions, InstallSteps steps) {
    this.cache = cache;
    this.definition = definitions.resolve("kubernetes");
    this.steps = steps;
  }

  /**
   * Whether a module can be built as it lies there: one that was written without Go names only what
   * it needs to tell the releases of its commands.
   */
  boolean canBeBuilt(GoModule module) {
    return !module.file().startsWith(cache)
        || Files.isRegularFile(module.file().resolveSibling("go.sum"));
  }

  /**
   * Writes it with what Go knows of Kubernetes' releases and modules.
   *
   * @param kubernetes {@code 1.36} for the newest patch release, or {@code 1.36.3}
   * @param log what Go says is kept there
   */
  void byGo(String kubernetes, GoBuild go, Path log) throws IOException {
    steps.at("looking for Kubernetes " + kubernetes);
    String version = newestPatch(kubernetes, go, log);
    Command.Result upstream =
        go.run(
            definition,
            Map.of(),
            List.of("list", "-m", "-f", "{{.GoMod}}", KubernetesModule.PATH + "@v" + version));
    succeed(upstream, log, "the sources of Kubernetes " + version + " cannot be had");
    Path fresh = write(version, GoModule.read(Path.of(upstream.lines().getLast())));
    steps.at("working out the modules of Kubernetes " + version);
    succeed(
        go.run(fresh, Map.of(), List.of("mod", "tidy")),
        log,
        "the modules of Kubernetes " + version + " cannot be had");
    publish(fresh, version);
  }

  private String newestPatch(String kubernetes, GoBuild go, Path log) throws IOException {
    Command.Result listed =
        go.run(definition, Map.of(), List.of("list", "-m", "-versions", KubernetesModule.PATH));
    succeed(listed, log, "the releases of Kubernetes cannot be listed");
    List<String> releases =
        Arrays.stream(listed.lines().getLast().split(" "))
            .filter(word -> word.matches("v\\d+\\.\\d+\\.\\d+"))
            .map(word -> word.substring(1))
            .sorted(VersionNumbers.ORDER)
            .toList();
    return releases.stream()
        .filter(release -> VersionNumbers.fits(release, kubernetes))
        .max(VersionNumbers.ORDER)
        .orElseThrow(
            () ->
                new ClusterException(
                    "there is no Kubernetes "
                        + kubernetes
                        + "\n  why: the Go module proxy has "
                        + String.join(", ", releases)
                        + "\n  fix: name one of these, or a minor of theirs"));
  }

  private static void succeed(Command.Result result, Path log, String otherwise) {
    if (!result.ok()) {
      GoFailure failure = new GoFailure(result, log);
      throw new ClusterException(
          otherwise + "\n  why: " + failure.why() + "\n  fix: " + failure.fix());
    }
  }

  /**
   * Writes it with what the project publishes, for commands that are downloaded too. These texts
   * have no checksums and need none: they only say which releases to take, and those are checked.
   *
   * @param kubernetes {@code 1.36} for the newest patch release, or {@code 1.36.3}
   */
  void byDownload(String kubernetes, DownloadSource source, Downloader downloader)
      throws IOException {
    steps.at("looking for Kubernetes " + kubernetes);
    String version = newestPatch(kubernetes, source, downloader);
    URI address = source.address(OfficialRelease.kubernetesModule(version));
    String upstream =
        downloader.text(address).orElseThrow(() -> noSuchRelease(kubernetes, address));
    publish(write(version, GoModule.parse(Path.of("go.mod"), upstream.lines().toList())), version);
  }

  private static String newestPatch(String kubernetes, DownloadSource source, Downloader downloader)
      throws DownloadException {
    if (kubernetes.matches("\\d+\\.\\d+\\.\\d+")) {
      return kubernetes;
    }
    URI address = source.address(OfficialRelease.newestKubernetes(kubernetes));
    String named =
        downloader.text(address).orElseThrow(() -> noSuchRelease(kubernetes, address)).strip();
    if (!named.matches("v\\d+\\.\\d+\\.\\d+")
        || !VersionNumbers.fits(named.substring(1), kubernetes)) {
      throw new DownloadException(address + " names no release of " + kubernetes);
    }
    return named.substring(1);
  }

  private static ClusterException noSuchRelease(String kubernetes, URI address) {
    return new ClusterException(
        "there is no Kubernetes "
            + kubernetes
            + "\n  why: "
            + address
            + " is not there\n  fix: name a version that https://kubernetes.io/releases/ lists");
  }

  private Path write(String version, GoModule upstream) throws IOException {
    Path fresh = folder(version).resolveSibling("module.new");
    Workbench.delete(fresh);
    Files.createDirectories(fresh);
    Files.writeString(
        fresh.resolve("go.mod"),
        KubernetesModule.text(version, upstream, GoModule.read(definition.resolve("go.mod"))));
    return fresh;
  }

  private void publish(Path fresh, String version) throws IOException {
    Path folder = folder(version);
    Workbench.delete(folder);
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path folder(String version) {
    return java.util.Objects.requireNonNull(KubernetesModule.file(cache, version).getParent());
  }
}

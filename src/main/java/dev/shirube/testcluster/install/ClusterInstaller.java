package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills a cache with the commands of a test cluster: those that the machine has in the right
 * version, official downloads, and builds of upstream's sources. What is there and whole stays.
 */
public final class ClusterInstaller {

  private final Path cache;
  private final Path definitions;
  private final Machine machine;
  private final DownloadSource source;
  private final InstallSteps steps;
  private final Shortfalls shortfalls;
  private final List<String> built = new ArrayList<>();
  private final Map<String, URI> downloaded = new LinkedHashMap<>();
  private final Map<String, Path> taken = new LinkedHashMap<>();

  /**
   * With downloads from the projects' own hosts.
   *
   * @param definitions the folder {@code verify/cluster}
   */
  public ClusterInstaller(Path cache, Path definitions, InstallProgress progress) {
    this(cache, definitions, DownloadSource.OFFICIAL, progress);
  }

  /**
   * With downloads from elsewhere, or none.
   *
   * @param definitions the folder {@code verify/cluster}
   */
  public ClusterInstaller(
      Path cache, Path definitions, DownloadSource source, InstallProgress progress) {
    this(cache, definitions, Machine.here(), source, progress);
  }

  ClusterInstaller(
      Path cache,
      Path definitions,
      Machine machine,
      DownloadSource source,
      InstallProgress progress) {
    this.cache = cache.toAbsolutePath().normalize();
    this.definitions = definitions.toAbsolutePath().normalize();
    this.machine = machine;
    this.source = source;
    this.steps = new InstallSteps(progress);
    this.shortfalls = new Shortfalls(this.definitions, log());
  }

  /**
   * Installs what is missing.
   *
   * @param kubernetes {@code 1.36} for that minor's newest patch release, or {@code 1.36.3}
   */
  public Installation install(String kubernetes) {
    Binaries binaries = Binaries.of(cache, definitions, kubernetes);
    if (isWhole(binaries)) {
      return installation(binaries);
    }
    try {
      return CacheLock.holding(
          cache,
          () -> steps.at("waiting for another install to end"),
          () -> installMissing(kubernetes));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      throw new UncheckedIOException(
          "cannot install into "
              + cache
              + ": "
              + why
              + (GoFailure.saysDiskIsFull(why) ? "\n  fix: " + GoFailure.MAKE_ROOM : ""),
          e);
    }
  }

  private Installation installMissing(String kubernetes) throws IOException {
    Binaries binaries = Binaries.of(cache, definitions, kubernetes);
    if (isWhole(binaries)) {
      return installation(binaries); // by the install that this one waited for
    }
    Files.deleteIfExists(log());
    Optional<Machine.Go> go = machine.go();
    try (OfficialDownloads downloads = new OfficialDownloads(source, machine, willDo(go), steps)) {
      if (!define(kubernetes, binaries, go, downloads)) {
        return installation(binaries);
      }
      binaries = Binaries.of(cache, definitions, kubernetes);
      clearWorkbench(binaries);
      takeFromMachine(binaries);
      downloaded.putAll(downloads.install(binaries.missingTools()));
      build(binaries, go, downloads);
      clearWorkbench(binaries);
      return installation(binaries);
    }
  }

  private boolean isWhole(Binaries binaries) {
    return binaries.missingTools().isEmpty() && machine.find("nft").isPresent();
  }

  private Installation installation(Binaries binaries) {
    return new Installation(binaries, built, downloaded, taken, shortfalls.found(), log());
  }

  private Path log() {
    return cache.resolve("install.log");
  }

  private static void clearWorkbench(Binaries binaries) throws IOException {
    for (Path folder : binaries.folders()) {
      Workbench.clear(folder);
    }
  }

  private GoBuild goBuild(Machine.Go go) {
    return new GoBuild(machine, go, log(), steps::tick);
  }

  // --- another version of Kubernetes

  /** Sees to it that the commands of a version are known; false where there is no way. */
  private boolean define(
      String kubernetes, Binaries binaries, Optional<Machine.Go> go, OfficialDownloads downloads)
      throws IOException {
    ModuleWriter writer = new ModuleWriter(cache, definitions, steps);
    Optional<GoModule> module = binaries.kubernetesModule();
    if (module.isPresent()
        && (!willDo(go) || writer.canBeBuilt(module.get()) || !binaries.lacksKubernetes())) {
      return true;
    }
    if (!willDo(go) && downloads.define(kubernetes, writer)) {
      return true;
    }
    if (go.isEmpty()) {
      shortfalls.noGo(binaries.missingTools(), downloads);
      return false;
    }
    writer.byGo(kubernetes, goBuild(go.get()), log());
    return true;
  }

  /** Whether there is a Go that the definitions can be built with. */
  private boolean willDo(Optional<Machine.Go> go) {
    String needed = GoModule.read(definitions.resolve("kubernetes/go.mod")).goVersion();
    return go.map(found -> Machine.atLeast(found.version(), needed)).orElse(false);
  }

  // --- what the machine has

  private void takeFromMachine(Binaries binaries) throws IOException {
    steps.at("looking for commands on the machine");
    for (Binaries.Missing missing : binaries.missingTools()) {
      String command = missing.tool().command();
      for (Path candidate : machine.candidates(command)) {
        if (!missing.tool().is(candidate)) {
          continue;
        }
        Path copy = Workbench.place(missing.set(), command);
        Files.copy(candidate, copy, StandardCopyOption.REPLACE_EXISTING);
        if (missing.tool().is(copy)) { // a script may need its neighbours
          missing.set().inventory().put(command, copy, candidate.toString());
          taken.put(command, candidate);
          break;
        }
        Files.delete(copy);
      }
    }
  }

  // --- builds

  private void build(Binaries binaries, Optional<Machine.Go> go, OfficialDownloads downloads)
      throws IOException {
    List<Binaries.Missing> wanted = new ArrayList<>(binaries.missingTools());
    if (!nodeCanBeHad(wanted)) {
      wanted.removeIf(missing -> missing.tool().tier() == Tier.NODE);
    }
    if (go.isEmpty() && !wanted.isEmpty()) {
      shortfalls.noGo(wanted, downloads);
      return;
    }
    Set<ToolSet> sets = new LinkedHashSet<>();
    wanted.forEach(missing -> sets.add(missing.set()));
    for (ToolSet set : sets) {
      List<Binaries.Missing> ofSet =
          wanted.stream().filter(missing -> missing.set().equals(set)).toList();
      if (!fetchSources(set, ofSet, go.orElseThrow(), downloads)) {
        wanted.removeAll(ofSet);
      }
    }
    for (int i = 0; i < wanted.size(); i++) {
      Binaries.Missing missing = wanted.get(i);
      steps.at("building " + missing.tool().command(), i + 1, wanted.size());
      build(missing.set(), missing.tool(), go.orElseThrow());
    }
  }

  private boolean fetchSources(
      ToolSet set, List<Binaries.Missing> wanted, Machine.Go go, OfficialDownloads downloads)
      throws IOException {
    if (!Machine.atLeast(go.version(), set.module().goVersion())) {
      shortfalls.oldGo(wanted, set, go, downloads);
      return false;
    }
    steps.at("downloading the sources for " + set.name());
    Command.Result result = goBuild(go).download(set);
    if (!result.ok()) {
      shortfalls.sourcesUnavailable(wanted, set, result);
    }
    return result.ok();
  }

  private void build(ToolSet set, Tool tool, Machine.Go go) throws IOException {
    Path fresh = Workbench.place(set, tool.command());
    Command.Result result = goBuild(go).build(set, tool, fresh);
    if (!result.ok()) {
      shortfalls.buildFailed(tool, result);
    } else if (!tool.is(fresh)) {
      shortfalls.binaryBroken(tool);
    } else {
      set.inventory().put(tool.command(), fresh, "built with go" + go.version());
      built.add(tool.command());
    }
  }

  // --- what nodes need of the machine

  private boolean nodeCanBeHad(List<Binaries.Missing> wanted) throws IOException {
    if (!machine.isLinux()) {
      shortfalls.notLinux();
      return false;
    }
    boolean builds = wanted.stream().anyMatch(missing -> missing.tool().command().equals("runc"));
    Map<String, String> packages = lacking(builds);
    List<String> tried = List.of();
    if (!packages.isEmpty() && machine.canInstallPackages()) {
      steps.at("installing " + String.join(", ", packages.keySet()));
      tried =
          machine
              .installPackages(
                  packages.values().stream()
                      .flatMap(names -> Arrays.stream(names.split(" ")))
                      .distinct()
                      .toList())
              .lines();
      packages = lacking(builds);
    }
    if (!packages.isEmpty()) {
      shortfalls.machineLacks(builds, packages, tried);
    }
    return packages.isEmpty();
  }

  /** What nodes need and the machine does not have, with the Debian packages that bring it. */
  private Map<String, String> lacking(boolean builds) throws IOException {
    Map<String, String> packages = new LinkedHashMap<>();
    if (machine.find("nft").isEmpty()) {
      packages.put("nft for kube-proxy", "nftables");
    }
    if (builds && !machine.linksSeccomp()) {
      if (machine.find("gcc").or(() -> machine.find("cc")).isEmpty()) {
        packages.put("a C compiler for runc", "gcc libc6-dev");
      }
      packages.put("libseccomp's headers and static library for runc", "libseccomp-dev pkg-config");
    }
    return packages;
  }
}

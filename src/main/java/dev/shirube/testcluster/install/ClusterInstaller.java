package dev.shirube.testcluster.install;

import dev.shirube.testcluster.ClusterException;
import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Fills a cache with the commands of a test cluster: those that the machine has in the right
 * version, and builds of upstream's sources. What is there and whole stays.
 */
public final class ClusterInstaller {

  private static final int COMPLAINTS = 12;
  private static final String BUILDING = "building-";
  private static final String MAKE_ROOM =
      "make room (sources, build cache and commands take some 12 GB), then install again";

  private final Path cache;
  private final Path definitions;
  private final Machine machine;
  private final Consumer<InstallStep> progress;
  private final long start = System.nanoTime();
  private final List<Shortfall> shortfalls = new ArrayList<>();
  private final List<String> built = new ArrayList<>();
  private final Map<String, Path> taken = new LinkedHashMap<>();
  private InstallStep step = new InstallStep("", 0, 0, Duration.ZERO, "");

  /**
   * @param definitions the folder {@code verify/cluster}
   * @param progress hears of each step, and about once a second while it lasts
   */
  public ClusterInstaller(Path cache, Path definitions, Consumer<InstallStep> progress) {
    this(cache, definitions, Machine.here(), progress);
  }

  ClusterInstaller(Path cache, Path definitions, Machine machine, Consumer<InstallStep> progress) {
    this.cache = cache.toAbsolutePath().normalize();
    this.definitions = definitions.toAbsolutePath().normalize();
    this.machine = machine;
    this.progress = progress;
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
          () -> at("waiting for another install to end", 0, 0),
          () -> installMissing(kubernetes));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      throw new UncheckedIOException(
          "cannot install into "
              + cache
              + ": "
              + why
              + (saysDiskIsFull(why) ? "\n  fix: " + MAKE_ROOM : ""),
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
    if (binaries.kubernetesModule().isEmpty()) {
      if (go.isEmpty()) {
        shortfalls.add(noGo(Tier.APISERVER));
        return installation(binaries);
      }
      writeModule(kubernetes, go.get());
      binaries = Binaries.of(cache, definitions, kubernetes);
    }
    deleteBuilding(binaries);
    takeFromMachine(binaries);
    build(binaries, go);
    deleteBuilding(binaries);
    return installation(binaries);
  }

  private boolean isWhole(Binaries binaries) {
    return binaries.missingTools().isEmpty() && machine.find("nft").isPresent();
  }

  private Installation installation(Binaries binaries) {
    return new Installation(binaries, built, taken, shortfalls, log());
  }

  private Path log() {
    return cache.resolve("install.log");
  }

  // --- progress

  private void at(String what, int number, int total) {
    step = new InstallStep(what, number, total, Duration.ZERO, "");
    tick("");
  }

  private void tick(String detail) {
    progress.accept(
        new InstallStep(
            step.what(),
            step.number(),
            step.total(),
            Duration.ofNanos(System.nanoTime() - start),
            detail.strip()));
  }

  // --- another version of Kubernetes

  private void writeModule(String kubernetes, Machine.Go toolchain) throws IOException {
    at("looking for Kubernetes " + kubernetes, 0, 0);
    GoBuild go = new GoBuild(machine, toolchain, log(), this::tick);
    Path definition = definitions.resolve("kubernetes");
    String version = newestPatch(kubernetes, go, definition);
    Command.Result upstream =
        go.run(
            definition,
            Map.of(),
            List.of("list", "-m", "-f", "{{.GoMod}}", KubernetesModule.PATH + "@v" + version));
    succeed(upstream, "the sources of Kubernetes " + version + " cannot be had");
    String text =
        KubernetesModule.text(
            version,
            GoModule.read(Path.of(upstream.lines().getLast())),
            GoModule.read(definition.resolve("go.mod")));
    Path folder =
        java.util.Objects.requireNonNull(KubernetesModule.file(cache, version).getParent());
    Path fresh = folder.resolveSibling("module.new");
    delete(fresh);
    Files.createDirectories(fresh);
    Files.writeString(fresh.resolve("go.mod"), text);
    at("working out the modules of Kubernetes " + version, 0, 0);
    succeed(
        go.run(fresh, Map.of(), List.of("mod", "tidy")),
        "the modules of Kubernetes " + version + " cannot be had");
    delete(folder);
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private String newestPatch(String kubernetes, GoBuild go, Path definition) throws IOException {
    Command.Result listed =
        go.run(definition, Map.of(), List.of("list", "-m", "-versions", KubernetesModule.PATH));
    succeed(listed, "the releases of Kubernetes cannot be listed");
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

  private void succeed(Command.Result result, String otherwise) {
    if (!result.ok()) {
      throw new ClusterException(
          otherwise + "\n  why: " + said(result) + "\n  fix: " + remedy(result));
    }
  }

  // --- what the machine has

  private void takeFromMachine(Binaries binaries) throws IOException {
    at("looking for commands on the machine", 0, 0);
    for (Binaries.Missing missing : binaries.missingTools()) {
      String command = missing.tool().command();
      for (Path candidate : machine.candidates(command)) {
        if (!missing.tool().is(candidate)) {
          continue;
        }
        Path copy = building(missing.set(), command);
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

  /** Where a command is until it is checked: no place of a killed install, whose Go may go on. */
  private static Path building(ToolSet set, String command) throws IOException {
    return Files.createDirectories(set.folder().resolve(BUILDING + ProcessHandle.current().pid()))
        .resolve(command);
  }

  private static void deleteBuilding(Binaries binaries) throws IOException {
    for (Path folder : binaries.folders()) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> parts = Files.list(folder)) {
        for (Path part : parts.toList()) {
          if (String.valueOf(part.getFileName()).startsWith(BUILDING)) {
            delete(part);
          }
        }
      }
    }
  }

  // --- builds

  private void build(Binaries binaries, Optional<Machine.Go> go) throws IOException {
    List<Binaries.Missing> wanted = new ArrayList<>(binaries.missingTools());
    if (!nodeCanBeHad(wanted)) {
      wanted.removeIf(missing -> missing.tool().tier() == Tier.NODE);
    }
    if (go.isEmpty() && !wanted.isEmpty()) {
      shortfalls.add(noGo(lowest(wanted)));
      return;
    }
    Set<ToolSet> sets = new LinkedHashSet<>();
    wanted.forEach(missing -> sets.add(missing.set()));
    for (ToolSet set : sets) {
      List<Binaries.Missing> ofSet =
          wanted.stream().filter(missing -> missing.set().equals(set)).toList();
      if (!download(set, ofSet, go.orElseThrow())) {
        wanted.removeAll(ofSet);
      }
    }
    for (int i = 0; i < wanted.size(); i++) {
      Binaries.Missing missing = wanted.get(i);
      at("building " + missing.tool().command(), i + 1, wanted.size());
      build(missing.set(), missing.tool(), go.orElseThrow());
    }
  }

  private boolean download(ToolSet set, List<Binaries.Missing> wanted, Machine.Go go)
      throws IOException {
    if (!Machine.atLeast(go.version(), set.module().goVersion())) {
      shortfalls.add(oldGo(lowest(wanted), set, go));
      return false;
    }
    at("downloading the sources for " + set.name(), 0, 0);
    Command.Result result = new GoBuild(machine, go, log(), this::tick).download(set);
    if (!result.ok()) {
      shortfalls.add(
          Shortfall.failure(
              lowest(wanted),
              "sources-unavailable",
              "the sources of the commands for " + set.name() + " could not be downloaded",
              said(result),
              remedy(result)));
    }
    return result.ok();
  }

  private void build(ToolSet set, Tool tool, Machine.Go go) throws IOException {
    Path fresh = building(set, tool.command());
    Command.Result result = new GoBuild(machine, go, log(), this::tick).build(set, tool, fresh);
    if (!result.ok()) {
      shortfalls.add(
          Shortfall.failure(
              tool.tier(),
              "build-failed",
              tool.command() + " could not be built",
              said(result),
              remedy(result)));
      return;
    }
    if (!tool.is(fresh)) {
      shortfalls.add(
          Shortfall.failure(
              tool.tier(),
              "binary-broken",
              tool.command() + " was built and does not say that it is " + tool.version(),
              "each command is started once before it is put in its place, and this one failed",
              "install again; the whole log: " + log()));
      return;
    }
    set.inventory().put(tool.command(), fresh, "built with go" + go.version());
    built.add(tool.command());
  }

  private static Tier lowest(List<Binaries.Missing> tools) {
    return tools.stream()
        .map(missing -> missing.tool().tier())
        .min(Comparator.naturalOrder())
        .orElse(Tier.NODE);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  // --- what nodes need of the machine

  private boolean nodeCanBeHad(List<Binaries.Missing> wanted) throws IOException {
    if (!machine.isLinux()) {
      shortfalls.add(
          Shortfall.lacking(
              Tier.NODE,
              "not-linux",
              "nodes run on Linux only",
              "a node is made of Linux namespaces and cgroups",
              "use a Linux machine, or do with the tier apiserver"));
      return false;
    }
    boolean builds = wanted.stream().anyMatch(missing -> missing.tool().command().equals("runc"));
    Map<String, String> packages = lacking(builds);
    if (packages.isEmpty()) {
      return true;
    }
    String install = "apt-get install " + String.join(" ", new LinkedHashSet<>(packages.values()));
    String why = "missing: " + String.join(", ", packages.keySet());
    if (machine.canInstallPackages()) {
      at("installing " + String.join(", ", packages.keySet()), 0, 0);
      Command.Result result =
          machine.installPackages(
              packages.values().stream()
                  .flatMap(names -> Arrays.stream(names.split(" ")))
                  .distinct()
                  .toList());
      Map<String, String> still = lacking(builds);
      if (still.isEmpty()) {
        return true;
      }
      why =
          "missing: "
              + String.join(", ", still.keySet())
              + "; "
              + install
              + " ended with\n"
              + indented(result.lines());
    }
    shortfalls.add(
        Shortfall.lacking(
            Tier.NODE,
            "machine-lacks",
            "the commands of nodes cannot be "
                + (builds ? "built" : "used")
                + " here, the tier apiserver can",
            why,
            "as root on Debian: "
                + install
                + "; elsewhere the packages of these names; then install again"));
    return false;
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

  // --- words

  private Shortfall noGo(Tier tier) {
    return Shortfall.lacking(
        tier,
        "no-go",
        "Go was not found, and the commands have to be built",
        "looked at PATH, GOROOT and the usual folders such as /usr/local/go",
        "install Go "
            + newestGo()
            + " or newer as https://go.dev/doc/install says, then install again");
  }

  private Shortfall oldGo(Tier tier, ToolSet set, Machine.Go go) {
    return Shortfall.lacking(
        tier,
        "old-go",
        "Go " + go.version() + " is too old for the commands of " + set.name(),
        set.module().file()
            + " asks for "
            + set.module().goVersion()
            + "; "
            + go.command()
            + " is the newest that was found",
        "install Go "
            + newestGo()
            + " as https://go.dev/doc/install says, or an older Kubernetes by --kubernetes");
  }

  private String newestGo() {
    return Stream.of("kubernetes", "node", "storage")
        .map(name -> GoModule.read(definitions.resolve(name).resolve("go.mod")).goVersion())
        .max(VersionNumbers.ORDER)
        .orElseThrow();
  }

  private String said(Command.Result result) {
    List<String> complaints = GoBuild.complaints(result);
    return "go ended with exit code "
        + result.exitCode()
        + (complaints.isEmpty() ? " and said nothing" : " and said\n" + indented(complaints));
  }

  private static String indented(List<String> lines) {
    List<String> last = lines.subList(Math.max(0, lines.size() - COMPLAINTS), lines.size());
    return String.join("\n", last.stream().map(line -> "    | " + line).toList());
  }

  private String remedy(Command.Result result) {
    String said = result.output();
    String log = "; the whole log: " + log();
    if (saysDiskIsFull(said)) {
      return MAKE_ROOM + log;
    }
    if (said.contains("dial tcp") || said.contains("GOPROXY=off")) {
      return "let Go reach a module proxy (go env GOPROXY), then install again" + log;
    }
    return "install again to go on where this one ended" + log;
  }

  private static boolean saysDiskIsFull(String text) {
    return text.toLowerCase(Locale.ROOT).contains("no space left on device");
  }
}

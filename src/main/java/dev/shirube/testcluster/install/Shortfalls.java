package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an install could not do, in words. */
final class Shortfalls {

  /** More are only counted. */
  private static final int NAMED = 3;

  private final Path definitions;
  private final Path log;
  private final List<Shortfall> found = new ArrayList<>();

  /**
   * @param definitions the folder {@code verify/cluster}
   * @param log what Go and others said
   */
  Shortfalls(Path definitions, Path log) {
    this.definitions = definitions;
    this.log = log;
  }

  List<Shortfall> found() {
    return List.copyOf(found);
  }

  /** There is no Go for what was not downloaded. */
  void noGo(List<Binaries.Missing> wanted, OfficialDownloads downloads) {
    found.add(
        Shortfall.lacking(
            lowest(wanted),
            "no-go",
            "Go was not found, and " + listed(wanted) + " to be built",
            "looked at PATH, GOROOT and the usual folders such as /usr/local/go"
                + notDownloaded(wanted, downloads),
            "install Go "
                + newestGo()
                + " or newer as https://go.dev/doc/install says"
                + downloads.remedy(wanted)
                + ", then install again"));
  }

  /** Go is older than what was not downloaded. */
  void oldGo(
      List<Binaries.Missing> wanted, ToolSet set, Machine.Go go, OfficialDownloads downloads) {
    found.add(
        Shortfall.lacking(
            lowest(wanted),
            "old-go",
            "Go " + go.version() + " is too old for the commands of " + set.name(),
            set.module().file()
                + " asks for "
                + set.module().goVersion()
                + "; "
                + go.command()
                + " is the newest that was found"
                + notDownloaded(wanted, downloads),
            "install Go "
                + newestGo()
                + " as https://go.dev/doc/install says, or an older Kubernetes by --kubernetes"
                + downloads.remedy(wanted)));
  }

  void sourcesUnavailable(List<Binaries.Missing> wanted, ToolSet set, Command.Result result) {
    GoFailure failure = new GoFailure(result, log);
    found.add(
        Shortfall.failure(
            lowest(wanted),
            "sources-unavailable",
            "the sources of the commands for " + set.name() + " could not be downloaded",
            failure.why(),
            failure.fix()));
  }

  void buildFailed(Tool tool, Command.Result result) {
    GoFailure failure = new GoFailure(result, log);
    found.add(
        Shortfall.failure(
            tool.tier(),
            "build-failed",
            tool.command() + " could not be built",
            failure.why(),
            failure.fix()));
  }

  void binaryBroken(Tool tool) {
    found.add(
        Shortfall.failure(
            tool.tier(),
            "binary-broken",
            tool.command() + " was built and does not say that it is " + tool.version(),
            "each command is started once before it is put in its place, and this one failed",
            "install again; the whole log: " + log));
  }

  void notLinux() {
    found.add(
        Shortfall.lacking(
            Tier.NODE,
            "not-linux",
            "nodes run on Linux only",
            "a node is made of Linux namespaces and cgroups",
            "use a Linux machine, or do with the tier apiserver"));
  }

  /**
   * Nodes need what the machine does not have.
   *
   * @param builds whether they have to be built at all
   * @param packages what is missing, with the Debian packages that bring it
   * @param tried what the package manager said; empty where it was not asked
   */
  void machineLacks(boolean builds, Map<String, String> packages, List<String> tried) {
    String install = "apt-get install " + String.join(" ", new LinkedHashSet<>(packages.values()));
    found.add(
        Shortfall.lacking(
            Tier.NODE,
            "machine-lacks",
            "the commands of nodes cannot be "
                + (builds ? "built" : "used")
                + " here, the tier apiserver can",
            "missing: "
                + String.join(", ", packages.keySet())
                + (tried.isEmpty()
                    ? ""
                    : "; " + install + " ended with\n" + GoFailure.quoted(tried)),
            "as root on Debian: "
                + install
                + "; elsewhere the packages of these names; then install again"));
  }

  private static String notDownloaded(List<Binaries.Missing> wanted, OfficialDownloads downloads) {
    return "; not downloaded either:\n" + GoFailure.quoted(downloads.reasons(wanted));
  }

  private static String listed(List<Binaries.Missing> wanted) {
    List<String> commands = wanted.stream().map(missing -> missing.tool().command()).toList();
    String what =
        commands.size() > NAMED ? commands.size() + " commands" : String.join(", ", commands);
    return what + (commands.size() == 1 ? " has" : " have");
  }

  private static Tier lowest(List<Binaries.Missing> tools) {
    return tools.stream()
        .map(missing -> missing.tool().tier())
        .min(Comparator.naturalOrder())
        .orElse(Tier.NODE);
  }

  private String newestGo() {
    return Stream.of("kubernetes", "node", "storage")
        .map(name -> GoModule.read(definitions.resolve(name).resolve("go.mod")).goVersion())
        .max(VersionNumbers.ORDER)
        .orElseThrow();
  }
}

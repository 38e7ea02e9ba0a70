package dev.shirube.cli;

import dev.shirube.testcluster.Tier;
import dev.shirube.testcluster.install.AwsCli;
import dev.shirube.testcluster.install.ClusterInstaller;
import dev.shirube.testcluster.install.DownloadSource;
import dev.shirube.testcluster.install.InstallProgress;
import dev.shirube.testcluster.install.InstallStep;
import dev.shirube.testcluster.install.Installation;
import dev.shirube.testcluster.install.Machine;
import dev.shirube.testcluster.install.Shortfall;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shirube cluster install}: the commands that a test cluster is made of. */
@Command(
    name = "install",
    description =
        "Fill a cache with the commands of a test cluster: what the machine has in the right"
            + " version, official downloads, and builds of upstream's sources. Then the images that"
            + " nodes pull, and the AWS CLI for pages that call AWS.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Downloads come from dl.k8s.io and github.com, and their SHA-256 is checked. What cannot be",
      "downloaded is built from Go modules: some ten minutes on two cores for all of it, the first",
      "time. An interrupted install goes on where it was, and a finished one returns at once.",
      "",
      "Examples:",
      "  shirube cluster install",
      "  shirube cluster install --kubernetes 1.36",
      "  shirube cluster install --mirror http://127.0.0.1:8080   asks it for"
          + " /dl.k8s.io/release/..."
    })
final class ClusterInstallCommand implements Callable<Integer> {

  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
  private static final int LONGEST_LINE = 76;

  @Mixin private BinariesOptions commands = new BinariesOptions();

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      defaultValue = "${env:SHIRUBE_CLUSTER_MIRROR}",
      description =
          "a server that stands for all hosts of downloads, asked for URL/HOST/PATH (default: the"
              + " environment variable SHIRUBE_CLUSTER_MIRROR, else the hosts themselves)")
  private @Nullable String mirror;

  @Option(names = "--no-download", description = "download no finished commands, only sources")
  private boolean noDownload;

  @Option(names = "--no-images", description = "leave the images to \"shirube cluster image\"")
  private boolean noImages;

  @Spec private @Nullable CommandSpec spec;

  private String lineShown = "";
  private Duration lineShownAt = Duration.ZERO;

  @Override
  public Integer call() {
    CommandSpec spec = java.util.Objects.requireNonNull(this.spec);
    String kubernetes = commands.kubernetes(spec);
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    long start = System.nanoTime();
    Installation installation =
        new ClusterInstaller(
                commands.cache(), commands.definitions(), source(spec), progress(terminal))
            .install(kubernetes);
    installation
        .taken()
        .forEach((command, from) -> terminal.line("took " + command + " from " + from));
    for (Shortfall shortfall : installation.shortfalls()) {
      terminal.shortfall(shortfall);
    }
    new AwsCli(Machine.here())
        .install(step -> terminal.at(step, 0, 1))
        .ifPresent(terminal::shortfall);
    terminal.line(summary(installation, Duration.ofNanos(System.nanoTime() - start)));
    if (installation.tier().isEmpty()
        || installation.shortfalls().stream().anyMatch(Shortfall::failed)) {
      return ExitCode.ENVIRONMENT;
    }
    return noImages || installation.tier().get() != Tier.NODE
        ? ExitCode.OK
        : ClusterImageCommand.make(
            installation.binaries(), ClusterImageCommand.usual(), List.of(), terminal);
  }

  private DownloadSource source(CommandSpec spec) {
    if (noDownload) {
      return DownloadSource.NONE;
    }
    if (mirror == null || mirror.isBlank()) {
      return DownloadSource.OFFICIAL;
    }
    try {
      return DownloadSource.mirror(new URI(mirror.strip()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--mirror (or SHIRUBE_CLUSTER_MIRROR) is an address such as http://127.0.0.1:8080, not \""
              + mirror
              + "\"",
          e);
    }
  }

  private InstallProgress progress(Terminal terminal) {
    return new InstallProgress() {
      @Override
      public void at(InstallStep step) {
        show(step, terminal);
      }

      @Override
      public void note(String text) {
        terminal.line(text);
      }
    };
  }

  /** In place on a terminal; elsewhere a line for each step, and one a minute while it lasts. */
  private void show(InstallStep step, Terminal terminal) {
    String what = step.number() == 0 ? step.what() : step.what() + " " + count(step);
    if (terminal.isInteractive()) {
      String line = what + ", " + clock(step.elapsed()) + "  " + step.detail();
      // A longer line would wrap, and could not be rewritten.
      terminal.at(line.substring(0, Math.min(line.length(), LONGEST_LINE)), 0, 1);
    } else if (!what.equals(lineShown)
        || step.elapsed().minus(lineShownAt).compareTo(BETWEEN_LINES) >= 0) {
      terminal.line(clock(step.elapsed()) + "  " + what);
      lineShown = what;
      lineShownAt = step.elapsed();
    }
  }

  private static String count(InstallStep step) {
    return step.number() + "/" + step.total();
  }

  private static String clock(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }

  private static String summary(Installation installation, Duration duration) {
    String version = "Kubernetes " + installation.binaries().kubernetes() + ": ";
    if (installation.tier().isEmpty()) {
      return version + "no tier can be used";
    }
    Tier tier = installation.tier().get();
    String tiers =
        Arrays.stream(Tier.values())
            .filter(each -> each.compareTo(tier) <= 0)
            .map(Tier::id)
            .collect(Collectors.joining(" and "));
    return version
        + "ready for "
        + tiers
        + work(installation, duration)
        + "; next: shirube cluster up --tier "
        + tier.id();
  }

  /** What there was to do, e.g. {@code , 17 commands downloaded, 1 command built in 2:05}. */
  private static String work(Installation installation, Duration duration) {
    List<String> parts = new ArrayList<>();
    if (!installation.downloaded().isEmpty()) {
      parts.add(commands(installation.downloaded().size()) + " downloaded");
    }
    if (!installation.built().isEmpty()) {
      parts.add(commands(installation.built().size()) + " built");
    }
    return parts.isEmpty() ? "" : ", " + String.join(", ", parts) + " in " + clock(duration);
  }

  private static String commands(int count) {
    return count + (count == 1 ? " command" : " commands");
  }
}

package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Command;
import dev.shirube.testcluster.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The AWS CLI, for pages that call AWS: {@value #OLDEST} or newer, the first of version 2 that asks
 * another endpoint where {@code AWS_ENDPOINT_URL} says so.
 *
 * <p>Debian 12 has an older one; a newer one is among its backports. That suite is never added to
 * the machine: apt reads it from a folder of its own for this one install, with a priority that
 * lets nothing but the AWS CLI come from there, and only after a simulation has shown that no
 * package of the machine is changed or removed.
 */
public final class AwsCli {

  static final String OLDEST = "2.13.0";

  private static final Pattern VERSION = Pattern.compile("aws-cli/(\\d+\\.\\d+\\.\\d+)\\s.*");
  private static final Pattern CANDIDATE = Pattern.compile("\\s*Candidate: (\\d+\\.\\d+\\.\\d+).*");

  /** {@code Inst NAME (VERSION …} is new; with the old version in brackets it is an upgrade. */
  private static final Pattern UPGRADE = Pattern.compile("Inst \\S+ \\[.*|Remv .*");

  private static final String PACKAGE = "awscli";
  private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

  private final Machine machine;

  public AwsCli(Machine machine) {
    this.machine = machine;
  }

  /** The real path of the first that is new enough. */
  public Optional<Path> find() {
    return machine.all("aws").filter(AwsCli::isNewEnough).findFirst().map(AwsCli::real);
  }

  /** Version 1 is another program: it has no AWS_ENDPOINT_URL before 1.29, and other exit codes. */
  private static boolean isNewEnough(Path file) {
    return Command.of(file.toString(), "--version").result().lines().stream()
        .map(VERSION::matcher)
        .filter(Matcher::matches)
        .anyMatch(version -> Machine.atLeast(version.group(1), OLDEST));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Installs it where it is missing and Debian's package manager may be used.
   *
   * @param progress hears of what is done
   * @return why it is not there; empty where it is
   */
  public Optional<Shortfall> install(Consumer<String> progress) {
    if (find().isPresent()) {
      return Optional.empty();
    }
    if (!machine.canInstallPackages()) {
      return Optional.of(missing("nothing can be installed here: this takes root and apt-get"));
    }
    progress.accept("installing the AWS CLI");
    try {
      // Images come without package lists, and then nothing seems to be offered.
      apt(List.of("-o", "DPkg::Lock::Timeout=120"), "update", "-q");
      Command.Result said =
          isOffered() ? machine.installPackages(List.of(PACKAGE)) : fromBackports();
      return find().isPresent()
          ? Optional.empty()
          : Optional.of(missing(said.lines().isEmpty() ? "" : said.lines().getLast()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot install the AWS CLI: " + e.getMessage(), e);
    }
  }

  private static Shortfall missing(String why) {
    return Shortfall.lacking(
        Tier.APISERVER,
        "no-aws",
        "there is no AWS CLI " + OLDEST + " or newer, so pages that call AWS cannot be proven",
        why.isBlank() ? "it was looked for in PATH and the usual folders" : why,
        "install version 2 as"
            + " https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
            + " says");
  }

  /** Whether the suites that the machine has offer one that is new enough. */
  private boolean isOffered() {
    return Command.of("apt-cache", "policy", PACKAGE).result().lines().stream()
        .map(CANDIDATE::matcher)
        .filter(Matcher::matches)
        .anyMatch(version -> Machine.atLeast(version.group(1), OLDEST));
  }

  private Command.Result fromBackports() throws IOException {
    Path folder = Files.createTempDirectory("shirube-apt");
    try {
      List<String> options = options(folder);
      Command.Result updated = apt(options, "update", "-q");
      if (!updated.ok()) {
        return updated;
      }
      Command.Result simulated = apt(options, "install", "--simulate", "-q", PACKAGE);
      Optional<String> change = change(simulated.lines());
      if (!simulated.ok() || change.isPresent()) {
        return new Command.Result(
            1,
            List.of(
                change
                    .map(line -> "apt would change a package: " + line)
                    .orElse(simulated.output())));
      }
      return apt(options, "install", "-q", "-y", "--no-remove", PACKAGE);
    } finally {
      Command.of("rm", "-rf", "--one-file-system", folder.toString()).run();
    }
  }

  /** The line of a simulation that tells of a package of the machine that would be another one. */
  static Optional<String> change(List<String> simulation) {
    return simulation.stream().filter(line -> UPGRADE.matcher(line).matches()).findFirst();
  }

  private Command.Result apt(List<String> options, String... words) {
    List<String> command = new ArrayList<>(List.of("apt-get"));
    command.addAll(options);
    command.addAll(List.of(words));
    return Command.of(command).withEnvironment(machine.forPackages()).result();
  }

  /** Settings under which apt knows the machine's suites, backports too, and keeps that here. */
  private static List<String> options(Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.createDirectories(folder.resolve("lists/partial"));
    copy(Path.of("/etc/apt/sources.list"), sources.resolve("machine.list"));
    try (Stream<Path> files = Files.list(Path.of("/etc/apt/sources.list.d"))) {
      for (Path file :
          files.filter(each -> each.toString().matches(".*\\.(list|sources)")).toList()) {
        copy(file, sources.resolve(String.valueOf(file.getFileName())));
      }
    }
    Files.writeString(sources.resolve("backports.sources"), backports());
    Path preferences = folder.resolve("preferences");
    copy(Path.of("/etc/apt/preferences"), preferences);
    String own = Files.exists(preferences) ? Files.readString(preferences) + "\n" : "";
    Files.writeString(preferences, pins() + own);
    return List.of(
        "-o",
        "Dir::Etc::SourceList=/dev/null",
        "-o",
        "Dir::Etc::SourceParts=" + sources,
        "-o",
        "Dir::Etc::Preferences=" + preferences,
        "-o",
        "Dir::State::Lists=" + folder.resolve("lists"),
        "-o",
        "Dir::Cache::pkgcache=",
        "-o",
        "Dir::Cache::srcpkgcache=",
        "-o",
        "APT::Sandbox::User=root", // the folder is closed to others
        "-o",
        "APT::Install-Recommends=false",
        "-o",
        "DPkg::Lock::Timeout=120");
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from)) {
      Files.copy(from, to);
    }
  }

  /** Of the mirror that the machine has Debian itself from. */
  private static String backports() throws IOException {
    String codename = codename();
    String mirror =
        Command.of("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)")
            .result()
            .lines()
            .stream()
            .filter(line -> line.endsWith(" " + codename))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .findFirst()
            .orElse("");
    return """
    Types: deb
    URIs: %s
    Suites: %s-backports
    Components: main
    """
            .formatted(mirror, codename)
        + (Files.exists(KEYRING) ? "Signed-By: " + KEYRING + "\n" : "");
  }

  /** As {@code /etc/os-release} names Debian's release, e.g. {@code bookworm}. */
  private static String codename() throws IOException {
    return Files.readAllLines(Path.of("/etc/os-release")).stream()
        .filter(line -> line.startsWith("VERSION_CODENAME="))
        .map(line -> line.substring("VERSION_CODENAME=".length()))
        .findFirst()
        .orElse("");
  }

  /** See apt_preferences(5): 1 is less than any suite of the machine has, 990 more. */
  private static String pins() {
    return """
    Package: *
    Pin: release n=*-backports
    Pin-Priority: 1

    Package: awscli python3-awscrt
    Pin: release n=*-backports
    Pin-Priority: 990

    """;
  }
}

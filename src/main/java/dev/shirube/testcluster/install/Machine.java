package dev.shirube.testcluster.install;

import dev.shirube.testcluster.Command;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the machine has to offer, and Debian's package manager where it may be used. */
public final class Machine {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration PACKAGES = Duration.ofMinutes(10);
  private static final Pattern GO_VERSION = Pattern.compile("go version go(\\d+\\.\\d+[.\\d]*).*");

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final int ELF_HEADER = 20;

  /** Where an ELF file names its processor. */
  private static final int ELF_PROCESSOR = 18;

  private static final Map<String, Integer> ELF_PROCESSORS =
      Map.of("amd64", 62, "aarch64", 183, "riscv64", 243);

  /** A Go toolchain. */
  record Go(Path command, String version) {}

  private final Map<String, String> environment;
  private final List<Path> usualFolders;

  /**
   * @param environment of this process
   * @param usualFolders where to look after {@code PATH}
   */
  Machine(Map<String, String> environment, List<Path> usualFolders) {
    this.environment = Map.copyOf(environment);
    this.usualFolders = List.copyOf(usualFolders);
  }

  /** This machine. */
  public static Machine here() {
    return new Machine(
        System.getenv(),
        Stream.of("/usr/local/go/bin", "/opt/homebrew/bin", "/usr/local/bin", "/usr/sbin", "/sbin")
            .map(Path::of)
            .toList());
  }

  /** The user's home folder: {@code $HOME}, as for other commands; a user may have no other. */
  public static Path home() {
    String home = System.getenv("HOME");
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
  }

  /** Of this process. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Whether nodes can run here at all. */
  public boolean isLinux() {
    return system().toLowerCase(Locale.ROOT).equals("linux");
  }

  /** The operating system as Java names it, e.g. {@code Linux}. */
  String system() {
    return System.getProperty("os.name");
  }

  /** The kind of processor as Java names it, e.g. {@code amd64} or {@code aarch64}. */
  String processor() {
    return System.getProperty("os.arch");
  }

  /**
   * Whether a file is no program of another processor, as where several machines share a home
   * folder. Looks at the header of an ELF file; any other is taken for a program of this one.
   */
  static boolean runs(Path file) throws IOException {
    byte[] header = new byte[ELF_HEADER];
    try (InputStream in = Files.newInputStream(file)) {
      if (in.readNBytes(header, 0, ELF_HEADER) < ELF_HEADER
          || !Arrays.equals(Arrays.copyOf(header, ELF.length), ELF)) {
        return true;
      }
    }
    Integer here = ELF_PROCESSORS.get(System.getProperty("os.arch"));
    // The lower byte comes first, as with all processors of the list.
    int there =
        Byte.toUnsignedInt(header[ELF_PROCESSOR])
            + (Byte.toUnsignedInt(header[ELF_PROCESSOR + 1]) << Byte.SIZE);
    return here == null || here == there;
  }

  /** The first command of a name. */
  public Optional<Path> find(String command) {
    return find(command, folders()).findFirst();
  }

  /** All commands of a name, in the order in which they are found. */
  Stream<Path> all(String command) {
    return find(command, folders()).distinct();
  }

  private static Stream<Path> find(String command, List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.resolve(command))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    folders.addAll(usualFolders);
    return folders;
  }

  /** {@code PATH} with the usual folders behind it. */
  public String path() {
    return String.join(
        File.pathSeparator, folders().stream().map(Path::toString).distinct().toList());
  }

  /** Commands of a name that somebody put there for such a purpose, the likeliest first. */
  List<Path> candidates(String command) {
    String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
    Stream<Path> named =
        assets.isEmpty() ? Stream.empty() : find(command, List.of(Path.of(assets)));
    return Stream.concat(named, find(command, folders())).distinct().toList();
  }

  /** The newest Go of those in {@code PATH}, {@code GOROOT} and the usual folders. */
  Optional<Go> go() throws IOException {
    List<Path> folders = new ArrayList<>(folders());
    if (environment.containsKey("GOROOT")) {
      folders.add(Path.of(environment.get("GOROOT"), "bin"));
    }
    Optional<Go> newest = Optional.empty();
    for (Path command : find("go", folders).distinct().toList()) {
      for (String line : run(List.of(command.toString(), "version"), SOON).lines()) {
        Matcher matcher = GO_VERSION.matcher(line);
        if (matcher.matches()
            && newest.map(go -> atLeast(matcher.group(1), go.version())).orElse(true)) {
          newest = Optional.of(new Go(command, matcher.group(1)));
        }
      }
    }
    return newest;
  }

  /** Whether a version such as {@code 1.26.8} is another one or a later one. */
  static boolean atLeast(String version, String other) {
    return VersionNumbers.ORDER.compare(version, other) >= 0;
  }

  /** Whether a C program that uses libseccomp can be linked statically, as runc is. */
  boolean linksSeccomp() throws IOException {
    Optional<Path> compiler = find("gcc").or(() -> find("cc"));
    if (compiler.isEmpty() || find("pkg-config").isEmpty()) {
      return false;
    }
    Path folder = Files.createTempDirectory("shirube");
    Path program = folder.resolve("probe.c");
    Path binary = folder.resolve("probe");
    try {
      Files.writeString(
          program, "#include <seccomp.h>\nint main(void) { return !seccomp_version(); }\n");
      return run(
              List.of(
                  compiler.get().toString(),
                  "-static",
                  "-o",
                  binary.toString(),
                  program.toString(),
                  "-lseccomp"),
              SOON)
          .ok();
    } finally {
      Files.deleteIfExists(program);
      Files.deleteIfExists(binary);
      Files.delete(folder);
    }
  }

  /** Whether {@link #installPackages} may be tried: Debian or one of its kin, and root. */
  boolean canInstallPackages() {
    return "root".equals(System.getProperty("user.name")) && find("apt-get").isPresent();
  }

  /** Installs Debian packages from the suites that the machine has. */
  Command.Result installPackages(List<String> packages) throws IOException {
    List<String> install =
        new ArrayList<>(
            List.of(
                "apt-get",
                "-o",
                "DPkg::Lock::Timeout=120",
                "install",
                "-q",
                "-y",
                "--no-install-recommends"));
    install.addAll(packages);
    Command.Result result = run(install, PACKAGES);
    if (result.ok()) {
      return result;
    }
    // Images come without package lists, and old lists name packages that are gone.
    run(List.of("apt-get", "-o", "DPkg::Lock::Timeout=120", "update", "-q"), PACKAGES);
    return run(install, PACKAGES);
  }

  private Command.Result run(List<String> command, Duration timeout) throws IOException {
    return Command.of(command)
        .in(Path.of("/"))
        .withEnvironment(forPackages())
        .within(timeout)
        .result();
  }

  /** An environment in which nothing asks questions or fetches another toolchain. */
  Map<String, String> forPackages() {
    Map<String, String> with = new java.util.HashMap<>(environment);
    with.put("GOTOOLCHAIN", "local");
    with.put("DEBIAN_FRONTEND", "noninteractive");
    with.put("LC_ALL", "C");
    return with;
  }
}

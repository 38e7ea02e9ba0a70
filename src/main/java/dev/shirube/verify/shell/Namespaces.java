package dev.shirube.verify.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Namespaces that bubblewrap makes and that live until they are closed; {@code nsenter} brings each
 * command into them. Their first process ends with the pipe from this process, however that is
 * ended, and the kernel then kills all others.
 *
 * <p>Files: the machine's programs and libraries read-only, nothing of {@code /home}, {@code
 * /root}, {@code /run}, {@code /var} and {@code /sys}; scratch folder, home and {@code /tmp} in
 * memory.
 *
 * <p>Rights: for root, a user id that nobody has, so that the limit of processes binds (it does not
 * bind root); for others, a user namespace with their own id, in which the kernel (5.14 and newer)
 * counts processes apart.
 */
final class Namespaces implements Enclosure {
  private static final String WORK = "/work";
  private static final String HOME = "/home/reader";
  private static final String PROGRAMS = "/programs";

  /** The files of /etc that programs read without being told; no keys, no passwords. */
  private static final List<String> ETC =
      List.of(
          "alternatives",
          "ca-certificates",
          "crypto-policies",
          "hosts",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "localtime",
          "nsswitch.conf",
          "pki/tls",
          "protocols",
          "resolv.conf",
          "services",
          "ssl/certs",
          "ssl/openssl.cnf");

  private static final Pattern CHILD = Pattern.compile("\"child-pid\": (\\d+)");

  // The range that systemd gives to short-lived users, so that no other user has them.
  private static final int FIRST_USER = 61184;
  private static final int LAST_USER = 65519;
  private static final int NOBODY = 65534;

  private final Process holder;
  private final ProcessHandle first;
  private final List<String> entry;

  private Namespaces(Process holder, ProcessHandle first, List<String> entry) {
    this.holder = holder;
    this.first = first;
    this.entry = entry;
  }

  /**
   * Makes them.
   *
   * @throws ShellException says why where this machine does not let it
   */
  static Namespaces open(AllowedPrograms programs, Limits limits) {
    Path bwrap = tool("bwrap", "bubblewrap");
    Path nsenter = tool("nsenter", "util-linux");
    boolean root = userId() == 0;
    try {
      Path arguments =
          Files.createTempFile(
              "shirube-scenario",
              ".args",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.writeString(arguments, String.join("\0", arguments(programs, limits, root)) + "\0");
        return start(bwrap, nsenter, arguments, limits, root);
      } finally {
        Files.deleteIfExists(arguments);
      }
    } catch (IOException e) {
      throw new ShellException("namespaces cannot be made: " + e.getMessage(), e);
    }
  }

  private static Namespaces start(
      Path bwrap, Path nsenter, Path arguments, Limits limits, boolean root) throws IOException {
    // Arguments come from a file: pkill -f in a page would otherwise find their words in ps.
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh",
            "-c",
            "exec \"$1\" --info-fd 4 --args 3 cat 3<\"$2\" 4>&1",
            "sh",
            bwrap.toString(),
            arguments.toString());
    builder.directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    Process holder = builder.start();
    StringBuilder said = new StringBuilder();
    try {
      OutputStream in = holder.getOutputStream();
      in.write("ready\n".getBytes(StandardCharsets.UTF_8));
      in.flush();
      BufferedReader out = holder.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals("ready")) {
          Matcher child = CHILD.matcher(said);
          if (child.find()) {
            long pid = Long.parseLong(child.group(1));
            Optional<ProcessHandle> first = ProcessHandle.of(pid);
            if (first.isPresent()) {
              return entered(
                  new Namespaces(holder, first.get(), entry(nsenter, pid, limits, root)));
            }
          }
          break;
        }
        said.append(line);
      }
    } catch (IOException e) {
      said.append(e.getMessage());
    }
    // What it wrote to its errors says more; it has ended, or ends with its input.
    holder.getOutputStream().close();
    said.append(new String(holder.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    throw new ShellException("bubblewrap makes no namespaces: " + said.toString().strip());
  }

  /** Makes sure that commands can be brought in, which a container may forbid. */
  private static Namespaces entered(Namespaces namespaces) throws IOException {
    List<String> words = new ArrayList<>(namespaces.entry);
    words.add("true");
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        namespaces.close();
        throw new ShellException("no command gets into the namespaces: " + said.strip());
      }
    } catch (InterruptedException e) {
      namespaces.close();
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted while namespaces were made", e);
    }
    return namespaces;
  }

  private static List<String> arguments(AllowedPrograms programs, Limits limits, boolean root) {
    List<String> words = new ArrayList<>();
    if (root) {
      words.addAll(List.of("--cap-drop", "ALL"));
    } else {
      words.add("--unshare-user");
    }
    words.addAll(
        List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--hostname", "reader"));
    words.addAll(List.of("--new-session", "--clearenv", "--ro-bind", "/usr", "/usr"));
    for (String folder : List.of("bin", "sbin", "lib", "lib32", "lib64")) {
      Path path = Path.of("/", folder);
      if (Files.isSymbolicLink(path)) {
        words.addAll(List.of("--symlink", "usr/" + folder, path.toString()));
      } else if (Files.exists(path)) {
        words.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
    }
    words.addAll(List.of("--tmpfs", "/etc"));
    for (String name : ETC) {
      words.addAll(List.of("--ro-bind-try", "/etc/" + name, "/etc/" + name));
    }
    // No /dev/tty and no /dev/pts: nothing can be typed into the terminal of the person at work.
    words.addAll(List.of("--proc", "/proc", "--tmpfs", "/dev"));
    for (String device : List.of("null", "zero", "full", "random", "urandom")) {
      words.addAll(List.of("--dev-bind", "/dev/" + device, "/dev/" + device));
    }
    words.addAll(
        List.of(
            "--symlink",
            "/proc/self/fd",
            "/dev/fd",
            "--symlink",
            "/proc/self/fd/0",
            "/dev/stdin",
            "--symlink",
            "/proc/self/fd/1",
            "/dev/stdout",
            "--symlink",
            "/proc/self/fd/2",
            "/dev/stderr"));
    for (String folder : List.of("/tmp", WORK, HOME)) {
      words.addAll(List.of("--perms", folder.equals("/tmp") ? "1777" : "0777"));
      words.addAll(List.of("--size", Long.toString(limits.diskBytes()), "--tmpfs", folder));
    }
    // Folders that bubblewrap makes on the way to a file are closed to all but root.
    Set<Path> open = new LinkedHashSet<>();
    for (Path path : programs.visible()) {
      for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
        open.add(folder);
      }
    }
    for (Path folder : open.stream().sorted().toList()) {
      if (folder.getNameCount() > 0 && !folder.startsWith("/usr")) {
        words.addAll(List.of("--perms", "0755", "--dir", folder.toString()));
      }
    }
    for (Path path : programs.visible()) {
      words.addAll(List.of("--ro-bind", path.toString(), path.toString()));
    }
    words.addAll(List.of("--perms", "0755", "--dir", PROGRAMS));
    for (Map.Entry<String, Path> program : programs.files(Confinement.NAMESPACES).entrySet()) {
      words.addAll(
          List.of("--symlink", program.getValue().toString(), PROGRAMS + "/" + program.getKey()));
    }
    words.addAll(List.of("--remount-ro", "/etc", "--remount-ro", "/dev", "--remount-ro", "/"));
    words.addAll(List.of("--chdir", WORK));
    return words;
  }

  private static List<String> entry(Path nsenter, long pid, Limits limits, boolean root)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(nsenter.toString(), "--target", Long.toString(pid)));
    if (!root) {
      words.addAll(List.of("--user", "--preserve-credentials"));
    }
    words.addAll(List.of("--mount", "--uts", "--ipc", "--pid"));
    // A session of its own: "kill 0" would otherwise end this process.
    words.addAll(List.of("setsid", "setpriv", "--no-new-privs", "--inh-caps=-all"));
    if (root) {
      String user = Integer.toString(freeUser());
      words.addAll(
          List.of("--bounding-set=-all", "--reuid", user, "--regid", user, "--clear-groups"));
    }
    words.addAll(
        List.of(
            "prlimit",
            "--nproc=" + limits.processes(),
            "--data=" + limits.memoryBytes(),
            "--fsize=" + limits.fileBytes(),
            "--core=0"));
    return words;
  }

  private static long userId() {
    try {
      return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    } catch (IOException e) {
      throw new UncheckedIOException("/proc cannot be read", e);
    }
  }

  /** A user id for one scenario; inside a container there may be fewer of them. */
  private static int freeUser() throws IOException {
    int user = ThreadLocalRandom.current().nextInt(FIRST_USER, LAST_USER + 1);
    for (String line : Files.readAllLines(Path.of("/proc/self/uid_map"))) {
      long[] range = Arrays.stream(line.strip().split("\\s+")).mapToLong(Long::parseLong).toArray();
      if (range[0] <= user && user < range[0] + range[2]) {
        return user;
      }
    }
    return NOBODY;
  }

  private static Path tool(String name, String debianPackage) {
    for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
      Path path = Path.of(folder, name);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    throw new ShellException(name + " is not installed (Debian: " + debianPackage + ")");
  }

  @Override
  public Confinement confinement() {
    return Confinement.NAMESPACES;
  }

  @Override
  public List<String> entry() {
    return entry;
  }

  @Override
  public String work() {
    return WORK;
  }

  @Override
  public String home() {
    return HOME;
  }

  @Override
  public String programs() {
    return PROGRAMS;
  }

  @Override
  public OptionalLong processId(Process started) {
    while (started.isAlive()) {
      Optional<ProcessHandle> inside = started.children().findFirst();
      if (inside.isPresent()) {
        try {
          for (String line :
              Files.readAllLines(Path.of("/proc", "" + inside.get().pid(), "status"))) {
            if (line.startsWith("NSpid:")) {
              return OptionalLong.of(Long.parseLong(line.substring(line.lastIndexOf('\t') + 1)));
            }
          }
        } catch (IOException e) {
          return OptionalLong.empty(); // it has just ended
        }
      }
      pause();
    }
    return OptionalLong.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellException("interrupted while a command started", e);
    }
  }

  @Override
  public boolean alive() {
    return first.isAlive();
  }

  @Override
  public void close() {
    first.destroyForcibly(); // the kernel kills the rest before it is gone
    try {
      holder.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (!holder.waitFor(10, TimeUnit.SECONDS)) {
        holder.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
